import Foundation
import Testing

/// Looking after a store: tags, notes, filters, pages, removal.
@Suite struct CareTests {
  private func trained() throws -> (Workplace, [[String: Any]]) {
    let place = try Workplace()
    try place.write(
      "e.yaml",
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: {mlp: {hidden: [8]}}
      train: {epochs: 2}
      over: {lr: [0.001, 0.01, 0.1]}
      seeds: 2
      """)
    #expect(try place.labbook("run", "e.yaml", "--only", "main").status == 0)
    return (place, try list(place))
  }

  private func list(_ place: Workplace, _ arguments: String...) throws -> [[String: Any]] {
    let outcome = try place.labbook(["runs", "--format", "json"] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(rows as? [[String: Any]])
  }

  @Test func tagsAndNotesAreShownAndFound() throws {
    let (place, runs) = try trained()
    let first = try #require(runs[0]["run"] as? String)
    let tagged = try place.labbook("tag", first, "baseline")
    #expect(tagged.status == 0)
    #expect(tagged.output.contains("baseline"))
    #expect(try place.labbook("note", first, "a | \"note\" <b>").status == 0)
    #expect(try list(place, "--where", "tag = 'baseline'").count == 1)
    #expect(try list(place, "--where", "tag != 'baseline'").count == 5)
    #expect(try list(place, "--where", "note = 'a | \"note\" <b>'").count == 1)
    let shown = try place.labbook("show", first).output
    #expect(shown.contains("tags baseline\n"))
    #expect(shown.contains("note a | \"note\" <b>\n"))
    let listed = try place.labbook("runs").output
    #expect(listed.contains("baseline"))
    #expect(try place.labbook("tag", first, "baseline", "--remove").output.contains("no tags"))
    #expect(try place.labbook("tag", first, "baseline", "--remove").status == 2)
    #expect(try place.labbook("note", first, "").output.contains("no note"))
    #expect(try list(place, "--where", "note = none").count == 6)
  }

  /// What a file is tagged with is on its runs, beside what people put there.
  @Test func tagsOfAFileAreListedAndFound() throws {
    let (place, runs) = try trained()
    let file = try place.read("e.yaml")
    try place.write("e.yaml", "tags: [week-2, to show]\n" + file)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    #expect(try list(place, "--where", "tag = 'to show' and lr = 0.01").count == 2)
    let first = try #require(runs[0]["run"] as? String)
    #expect(try place.labbook("tag", first, "week-2", "--remove").status == 0)
    #expect(try list(place, "--where", "tag = 'week-2'").count == 5)
    // A sweep has the tags that all of its runs have.
    #expect(try place.labbook("experiments").output.contains("  to show"))
    #expect(!(try place.labbook("experiments").output.contains("week-2")))
    #expect(try place.labbook("run", "e.yaml", "--set", "tags=[extra]").status == 0)
    #expect(try list(place, "--where", "tag = 'extra'").count == 6)
  }

  /// What --set gives another name is an experiment of its own, and the file's stays as it was.
  @Test func aTrialUnderAnotherNameIsAnExperiment() throws {
    let (place, _) = try trained()
    let trial = ["run", "e.yaml", "--set", "experiment=trial", "--set", "lr=0.5"]
    for _ in 0..<2 { #expect(try place.labbook(trial).status == 0) }
    #expect(try list(place, "--experiment", "trial").count == 2)
    #expect(try list(place, "--sweep", "main", "--experiment", "trial").count == 2)
    #expect(try list(place, "--sweep", "main", "--experiment", "e").count == 6)
    // Under the file's own name such runs are former until the file asks for them.
    #expect(try place.labbook("run", "e.yaml", "--set", "lr=0.25").status == 0)
    #expect(try list(place, "--sweep", "main", "--experiment", "e").count == 6)
  }

  /// A table without rows is easily taken for a mistake of one's own.
  @Test func whereThatHoldsForNoRunSaysSo() throws {
    let (place, _) = try trained()
    let none = try place.labbook(
      "runs", "--where", "lr > 5", "--columns", "run,lr", "--format", "csv")
    #expect(none.status == 0 && none.output == "run,lr\r\n")
    #expect(none.errors == "--where lr > 5 holds for no run of the store\n")
    let sweep = try place.labbook("runs", "--sweep", "main", "--where", "message != none")
    #expect(sweep.errors.contains("holds for no run of the sweep 'main'"))
    #expect(
      try place.labbook("runs", "--offset", "99").errors == "no rows are left after --offset 99\n")
    #expect(
      try list(place, "--where", "objective = 'val/loss' and direction = 'minimize'").count == 6)
    #expect(try list(place, "--where", "configuration = 'x' or data = ''").count == 6)
    let columns = try place.labbook("runs", "--columns", "lr,train.lr,seed", "--limit", "1")
    #expect(columns.output.hasPrefix("   lr  seed\n"))
    #expect(try place.labbook("runs", "--columns", "sed").errors.contains("Did you mean 'seed'?"))
    #expect(try place.labbook("runs", "--columns", ",").status == 2)
  }

  /// Why a run ended badly stands in its row.
  @Test func whyARunFailedStandsInItsRow() throws {
    let place = try Workplace()
    try place.write(
      "p.yaml",
      """
      train: {command: ["sh", "-c", "echo bad price >&2; exit {code}"], params: {code: 3}}
      objective: {minimize: loss}
      """)
    #expect(try place.labbook("run", "p.yaml").status == 1)
    let rows = try list(place)
    let message = try #require(rows[0]["message"] as? String)
    #expect(message.contains("exit 3") && message.contains("bad price"))
    #expect(try place.labbook("runs").output.contains("exit 3"))
    #expect(try list(place, "--where", "message != none and status = 'failed'").count == 1)
  }

  @Test func anExperimentIsRenamed() throws {
    let (place, runs) = try trained()
    let wrong = try place.labbook("rename", "e", "../e")
    #expect(wrong.status == 2 && wrong.errors.contains("cannot be an experiment's name"))
    #expect(try place.labbook("rename", "f", "g").status == 2)
    #expect(try place.labbook("rename", "e", "week 2").status == 0)
    #expect(try list(place, "--experiment", "week 2").count == runs.count)
    #expect(try place.labbook("runs", "--experiment", "e").status == 2)
    // Under its new name the file asks for the same runs: none is new, none is former.
    let text = try place.read("e.yaml")
    try place.write("e.yaml", "experiment: week 2\n" + text)
    let again = try place.labbook("run", "e.yaml", "--only", "main")
    #expect(again.status == 0 && again.output.contains("all 6 runs are in"))
    let compared = try place.labbook("compare", "--sweep", "main", "--by", "lr")
    #expect(compared.status == 0 && !compared.errors.contains("former"))
  }

  @Test func pagesCoverTheListOnce() throws {
    let (place, _) = try trained()
    let all = try list(place, "--sort", "val/loss", "--where", "seed < 3 and hidden = '[8]'")
    #expect(all.count == 6)
    let names = all.compactMap { $0["run"] as? String }
    let pages = try [0, 2, 4, 6].flatMap { offset in
      try list(
        place, "--sort", "val/loss", "--where", "seed < 3", "--limit", "2", "--offset", "\(offset)")
    }
    #expect(pages.compactMap { $0["run"] as? String } == names)
    let best = try list(place, "--by", "config", "--sort", "val/loss", "--limit", "2")
    let losses = best.compactMap { $0["val/loss_mean"] as? Double }
    #expect(losses.count == 2 && losses[0] <= losses[1])
    let second = try list(
      place, "--by", "config", "--sort", "val/loss", "--limit", "1", "--offset", "1")
    #expect(second[0]["configuration"] as? String == best[1]["configuration"] as? String)
    let wrong = try place.labbook("runs", "--where", "sed = 1")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("did you mean 'seed'?"))
    #expect(wrong.errors.contains("  sed = 1\n  ^~~\n"))
  }

  @Test func removedRunsAreTrainedAgainAndLeaveNothing() throws {
    let (place, runs) = try trained()
    let names = runs.compactMap { $0["run"] as? String }
    let removed = try place.labbook("rm", names[0], names[3])
    #expect(removed.status == 0, "\(removed.errors)")
    #expect(removed.output.contains("removed \(names[0].prefix(8))"))
    #expect(removed.output.contains("2 runs: "))
    #expect(try list(place).count == 4)
    #expect(place.files().allSatisfy { !$0.contains(names[0]) && !$0.contains(names[3]) })
    #expect(try place.labbook("rm", names[0]).status == 2)
    #expect(try place.labbook("run", "e.yaml").errors.contains("2 runs trained"))
    #expect(try list(place).count == 6)
  }

  @Test func configurationsOfRunsAreComparedOverTheirSeeds() throws {
    let (place, _) = try trained()
    let more = try String(contentsOfFile: place.path + "/e.yaml", encoding: .utf8)
      .replacing("seeds: 2", with: "seeds: 4")
    try place.write("e.yaml", more)
    #expect(try place.labbook("run", "e.yaml", "--only", "main").status == 0)
    let slow = try list(place, "--where", "lr = 0.001")
    let quick = try list(place, "--where", "lr = 0.1")
    let pair = try [#require(slow[0]["run"] as? String), #require(quick[3]["run"] as? String)]
    let text = try place.labbook(["compare"] + pair + ["--metric", "train/loss"]).output
    #expect(text.contains("over 4 common seeds is -"), "\(text)")
    #expect(text.contains("better with every seed"))
    let outcome = try place.labbook(
      ["compare"] + pair + ["--seeds", "--metric", "train/loss", "--format", "json"])
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    let losses = [slow, quick].map { rows in
      rows.sorted { ($0["seed"] as? Int ?? 0) < ($1["seed"] as? Int ?? 0) }
        .compactMap { $0["train/loss"] as? Double }
    }
    let mean = try zip(#require(losses.last), losses[0]).reduce(0) { $0 + $1.0 - $1.1 } / 4
    #expect(abs((rows[1]["difference_mean"] as? Double ?? 0) - mean) < 1e-12)
    #expect(rows[1]["difference_n"] as? Int == 4)
    let one = slow.compactMap { $0["run"] as? String }
    #expect(try place.labbook(["compare"] + one + ["--seeds"]).status == 2)
    #expect(try place.labbook(["compare"] + one).status == 0)
  }

  @Test func aRateIsFoundAndNothingIsStored() throws {
    let place = try Workplace()
    try place.write(
      "e.yaml",
      """
      data: {source: spiral, points_per_class: 60}
      models: {small: {mlp: {hidden: [16]}}, large: {mlp: {hidden: [64]}}}
      train: {batch_size: 16, epochs: 3}
      over: {model: all, lr: [0.1, 0.01]}
      """)
    let outcome = try place.labbook("find-lr", "e.yaml", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(rows.compactMap { $0["model"] as? String } == ["small", "large"])
    for row in rows {
      let rate = try #require(row["suggested lr"] as? Double)
      #expect(rate > 1e-4 && rate < 0.5)
    }
    #expect(place.files() == ["e.yaml", "plots", "plots/e", "plots/e/find-lr.svg"])
    let one = try place.labbook("find-lr", "e.yaml", "--model", "large", "--seeds", "1")
    #expect(one.output.contains("a tenth of "))
    let wrong = try place.labbook("find-lr", "e.yaml", "--model", "lage")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("Did you mean 'large'?"))
  }

  @Test func exportsHaveTagsNotesAndEveryPoint() throws {
    let (place, runs) = try trained()
    let first = try #require(runs[0]["run"] as? String)
    #expect(try place.labbook("tag", first, "x").status == 0)
    let lines = try place.labbook("export", "runs", "--format", "json").output
      .split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.count { $0.contains("\"tags\": \"x\"") } == 1)
    let csv = try place.labbook("export", "metrics").output.components(separatedBy: "\r\n")
    let json = try place.labbook("export", "metrics", "--format", "json").output
      .split(separator: "\n")
    let points = try StoreReader(place.store).number("SELECT COUNT(*) FROM metric_points")
    #expect(csv.count == Int(points ?? 0) + 2)
    #expect(json.count == Int(points ?? 0))
    let one = try #require(
      try JSONSerialization.jsonObject(with: Data(json[0].utf8)) as? [String: Any])
    let fields = csv[1].components(separatedBy: ",")
    #expect(fields.count == 9)
    #expect(one["run"] as? String == fields[0])
    #expect(one["metric"] as? String == fields[4])
    #expect(one["value"] as? Double == Double(fields[7]))
    #expect(one["step"] as? Int == Int(fields[5]))
    #expect(one["time"] as? Int == Int(fields[8]))
  }
}
