import Foundation
import Testing

/// Every command that speaks of a sweep takes its latest plan, and says what it leaves out.
@Suite struct FormerRunsTests {
  private static let file = """
    data: {source: csv, path: rows.csv, target: kind, split: {val: 0.5}}
    models: {a: {mlp: {hidden: [2]}}, b: {mlp: {hidden: [3]}}}
    train: {epochs: 2}
    over: {model: all}
    seeds: 3
    """
  private static let rows = "x,y,kind\n1,2,p\n3,4,q\n5,7,p\n7,6,q\n9,9,p\n2,1,q\n4,8,p\n6,3,q\n"
  private static let left = "6 former runs are left out"

  /// Six runs on one table, then six on another one under the same name.
  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.file)
    try place.write("rows.csv", Self.rows)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    try place.write("rows.csv", Self.rows + "8,8,q\n")
    return place
  }

  private func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test func commandsOfASweepLeaveThemOutAndSaySo() throws {
    let place = try place()
    #expect(try place.labbook("run", "e.yaml").status == 0)
    let commands = [
      ["runs"], ["compare", "--by", "model"], ["export", "runs"], ["export", "metrics"],
      ["predict", "--by", "model", "--input", "rows.csv"],
      ["plot", "final", "--metric", "val/loss", "--x", "model", "--out", "f.svg"],
      ["plot", "curves", "--metric", "val/loss", "--by", "model", "--out", "c.svg"],
    ]
    for command in commands {
      let outcome = try place.labbook(command + ["--sweep", "main"])
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      #expect(outcome.errors.components(separatedBy: Self.left).count == 2, "\(command)")
      let all = try place.labbook(command + ["--sweep", "main", "--former"])
      #expect(all.status == 0 && !all.errors.contains("left out"), "\(command): \(all.errors)")
    }
    let exported = try place.labbook("export", "runs", "--sweep", "main").output
    #expect(lines(exported).count == 7)
    let first = try #require(
      lines(try place.labbook("export", "runs", "--sweep", "main", "--former").output)
        .dropFirst().first?.split(separator: ",").first)
    let shown = try place.labbook("show", String(first)).output
    #expect(shown.contains("former in e/main: its file no longer asks for the run"))
  }

  /// No setting tells runs on other bytes of one file apart; they are not taken together all the same.
  @Test func formerRunsOnOtherBytesAreOtherConfigurations() throws {
    let place = try place()
    #expect(try place.labbook("run", "e.yaml").status == 0)
    let best = try place.labbook(
      "compare", "--sweep", "main", "--by", "model", "--former", "--format", "csv")
    let header = try #require(lines(best.output).first)
    #expect(header.hasPrefix("model,best configuration,"))
    for line in lines(best.output).dropFirst() {
      #expect(line.contains(/^[ab],configuration=[0-9a-f]{8},/))
    }
    let pooled = try place.labbook(
      "compare", "--sweep", "main", "--by", "model", "--former", "--pool")
    #expect(pooled.output.contains("Pooled over configuration: each seed's mean over all"))
  }

  /// A figure that asks the data refuses other bytes than the runs were trained on.
  @Test func changedDataAreRefusedWithBothFingerprints() throws {
    let place = try place()
    for kind in ["confusion", "boundary"] {
      let outcome = try place.labbook("plot", kind, "--sweep", "main", "--out", "f.svg")
      #expect(outcome.status == 1)
      #expect(outcome.errors.matches(of: /\b[0-9a-f]{64}\b/).count == 2, "\(outcome.errors)")
    }
    #expect(!place.files().contains("f.svg"))
  }

  /// Runs that two experiments share belong to the one that is asked for.
  @Test func aFigureOfSharedRunsLiesWithTheExperimentThatWasNamed() throws {
    let place = try place()
    try place.write("rows.csv", Self.rows)
    try place.write("other.yaml", "experiment: other\n" + Self.file)
    #expect(try place.labbook("run", "other.yaml").status == 0)
    let drawn = try place.labbook(
      "plot", "final", "--sweep", "main", "--experiment", "other", "--metric", "val/loss", "--x",
      "model", "--plots", "p")
    #expect(drawn.output == "p/other/main-final.svg\n")
  }

  @Test func aSweepThatIsFormerWholeSaysHowToSeeIt() throws {
    let place = try place()
    try place.write(
      "e.yaml",
      Self.file.replacing("over:", with: "notebook: [{sweep: new, over:")
        .replacing("seeds: 3", with: ", seeds: 3}]"))
    #expect(try place.labbook("run", "e.yaml").status == 0)
    let outcome = try place.labbook("compare", "--sweep", "main", "--by", "model")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--former takes the 6 former runs"))
  }

  @Test func conditionsNarrowComparisonsAndFigures() throws {
    let place = try Workplace()
    try place.write(
      "e.yaml",
      """
      data: {source: moons, points_per_class: 20, split: {val: 0.3}}
      train: {model: {mlp: {hidden: [4]}}, epochs: 2}
      over: {hidden: [[4], [8]], lr: [0.1, 0.01]}
      seeds: 3
      """)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    let eight = try place.labbook("runs", "--where", "hidden = '[8]'", "--format", "csv")
    #expect(lines(eight.output).count == 7)
    let compared = try place.labbook(
      "compare", "--sweep", "main", "--by", "hidden", "--where", "lr = 0.1")
    #expect(compared.status == 0 && !compared.output.contains("best configuration"))
    let best = try place.labbook("compare", "--sweep", "main", "--by", "hidden")
    #expect(best.output.contains("Each hidden stands by its best configuration by val/loss"))
    for command in [
      ["compare", "--by", "hidden"],
      ["plot", "final", "--metric", "val/loss", "--x", "hidden", "--out", "f.svg"],
    ] {
      let none = try place.labbook(command + ["--sweep", "main", "--where", "lr > 7"])
      #expect(none.status == 2 && none.errors.contains("no run of the sweep 'main' fits --where"))
    }
    let wrong = try place.labbook(
      "compare", "--sweep", "main", "--by", "hidden", "--where", "lrr > 7")
    #expect(wrong.status == 2 && wrong.errors.contains("\n  lrr > 7\n  ^~~\n"))
  }
}
