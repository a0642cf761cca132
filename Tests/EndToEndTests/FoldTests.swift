import Foundation
import Testing

/// Folds through the whole program: what is trained, shown, ranked, compared and handed on.
struct FoldTests {
  private static let experiment = """
    data:
      source: csv
      path: flowers.csv
      target: kind
      split: {test: 9, folds: 3}
      normalize: standard
    models: {wide: {mlp: {hidden: [6]}}, lines: [{linear: classes}]}
    train: {epochs: 3, batch_size: 16}
    notebook:
      - sweep: all
        over: {model: all, lr: [0.0001, 0.03]}
        seeds: 2
      - plot: curves
        by: model
      - table: best
        metric: val/accuracy
      - table: compare
        by: model
        against: lines
        metric: val/loss
      - claim: a rate that is large enough learns
        that: mean(val/accuracy, lr = 0.03) > mean(val/accuracy, lr = 0.0001)
      - sweep: again
        from: {best: 1, of: all}
        seeds: 3

    """

  private func trained() throws -> (Workplace, Outcome) {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write("flowers.yaml", Self.experiment)
    let outcome = try place.labbook("run", "flowers.yaml")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return (place, outcome)
  }

  private struct Summary: Decodable {
    let model: String
    let rate: Double
    let mean: Double
    let deviation: Double
    let count: Int

    enum CodingKeys: String, CodingKey {
      case model = "train.model", rate = "train.lr", mean = "val/loss_mean"
      case deviation = "val/loss_std", count = "val/loss_n"
    }
  }

  /// The mean over the folds of the means over the seeds, and the sample deviation of these, by SQL.
  private func byHand(
    _ store: StoreReader, _ model: String, _ rate: String
  ) throws -> (mean: Double, deviation: Double) {
    let means = try (1...3).map { fold in
      let text = try #require(
        try store.text(
          """
          SELECT avg(last) FROM run_values v
          JOIN run_params m ON m.run = v.run AND m.key = 'train.model' AND m.text = '\(model)'
          JOIN run_params r ON r.run = v.run AND r.key = 'train.lr' AND r.text = '\(rate)'
          JOIN run_params f ON f.run = v.run AND f.key = 'data.fold' AND f.text = '\(fold)'
          JOIN run_table t ON t.run = v.run
          WHERE v.metric = 'val/loss' AND t.seed < 3
          """))
      return try #require(Double(text))
    }
    let mean = means.reduce(0, +) / 3
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / 2).squareRoot())
  }

  @Test func tablesAreOverFoldsOfTheMeansOverSeeds() throws {
    let (place, outcome) = try trained()
    let store = try StoreReader(place.store)
    // 4 configurations, 2 seeds, 3 folds; and a third seed of the best one.
    #expect(try store.text("SELECT count(*) FROM run_table") == "27")
    #expect(try store.text("SELECT count(DISTINCT configuration) FROM run_table") == "4")
    let listed = try place.labbook(
      "runs", "--sweep", "all", "--by", "config", "--format", "json")
    #expect(listed.status == 0, "\(listed.errors)")
    let rows = try JSONDecoder().decode([Summary].self, from: Data(listed.output.utf8))
    #expect(rows.count == 4)
    for row in rows {
      let wanted = try byHand(store, row.model, row.rate == 0.03 ? "0.03" : "0.0001")
      #expect(abs(row.mean - wanted.mean) < 1e-9 && row.count == 3)
      #expect(abs(row.deviation - wanted.deviation) < 1e-9)
    }
    #expect(outcome.output.contains("(3 folds)"))
    #expect(outcome.output.contains("intervals over them are approximate"))
    #expect(outcome.output.contains("approximate 95 % interval"))
    #expect(outcome.output.contains("(Student's t over 3 folds): held"))
    #expect(outcome.output.contains("claim held"))
  }

  @Test func runsOfFoldsAreReusedVerifiedAndAsked() throws {
    let (place, _) = try trained()
    let check = try place.labbook("check", "flowers.yaml")
    #expect(check.output.contains("csv, fold 1 of 3"), "\(check.output)")
    let plan = check.output.split(whereSeparator: \.isNewline).first { $0.hasPrefix("all ") }
    #expect(
      plan?.split(separator: " ").suffix(8) == ["4", "24", "0", "24", "0", "0", "0", "0"],
      "\(check.output)")
    let id = try #require(
      try StoreReader(place.store).text(
        "SELECT run FROM run_params WHERE key = 'data.fold' AND text = '3' LIMIT 1"))
    #expect(try place.labbook("verify", id).output.contains("is identical"))
    let asked = try place.labbook("predict", "flowers.yaml", "--input", "flowers.csv")
    #expect(asked.errors.contains("the mean of 6 runs"), "\(asked.errors)")
    let written = try place.labbook("data", "flowers.yaml", "--out", "parts")
    #expect(written.status == 0, "\(written.errors)")
    let names = ["train", "val", "test"]
    #expect(
      written.output.split(whereSeparator: \.isNewline).map(String.init)
        == (1...3).flatMap { fold in names.map { "parts/fold-\(fold)/\($0).csv" } })
    #expect(try place.read("parts/fold-1/test.csv").split(separator: "\n").count == 10)
  }

  /// `fold` names the fold of a run wherever runs are grouped, chosen or asked about.
  @Test func foldsAreTold() throws {
    let (place, _) = try trained()
    let store = try StoreReader(place.store)
    for condition in ["fold = 2", "data.fold = 2"] {
      let listed = try place.labbook(
        "runs", "--sweep", "all", "--where", condition, "--format", "csv")
      #expect(listed.status == 0, "\(listed.errors)")
      #expect(listed.output.split(whereSeparator: \.isNewline).count == 1 + 8)
    }
    let best = try #require(
      try store.text(
        """
        SELECT avg(last) FROM run_values v
        JOIN run_params m ON m.run = v.run AND m.key = 'train.model' AND m.text = 'wide'
        JOIN run_params r ON r.run = v.run AND r.key = 'train.lr' AND r.text = '0.03'
        JOIN run_params f ON f.run = v.run AND f.key = 'data.fold' AND f.text = '2'
        JOIN run_table t ON t.run = v.run
        WHERE v.metric = 'val/loss' AND t.seed < 3
        """))
    try place.write(
      "told.yaml",
      Self.experiment.components(separatedBy: "  - plot: curves")[0]
        .replacingOccurrences(of: "data:", with: "experiment: flowers\ndata:") + """
            - plot: curves
              by: fold
            - table: best
              by: fold
              metric: val/loss
              show: [fold]
              top: 3
            - table: compare
              by: fold
              against: 3
              metric: val/loss
            - claim: the second fold is known
              that: mean(val/loss, fold = 2 and model = 'wide' and lr = 0.03) < 1000
            - claim: each fold is known
              that: each(val/loss, fold) < 1000
            - text: |
                It is {{ mean(val/loss, fold = 2 and model = 'wide' and lr = 0.03) }}.

          """)
    let outcome = try place.labbook("run", "told.yaml")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let value = try #require(Double(best))
    let page = try place.read("plots/flowers/index.md")
    let words = try #require(page.components(separatedBy: "It is ").last)
    let said = try #require(Double(words.prefix { "0123456789.".contains($0) }))
    #expect(abs(said - value) < 0.006 * value, "\(words) \(value)")
    let wrong = try place.labbook("check", "told.yaml", "--set", "data.split.folds=2")
    #expect(wrong.status == 2 && wrong.errors.contains("no run of 'all' has fold '3'"))
    try place.write(
      "none.yaml",
      """
      data: {source: csv, path: flowers.csv, target: kind, split: {val: 0.2}}
      model: [{linear: classes}]
      notebook:
        - sweep: a
          seeds: 2
        - table: best
          by: fold

      """)
    #expect(try place.labbook("check", "none.yaml").status == 2)
  }

  @Test func whatFoldsCannotBeIsSaid() throws {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    func problem(_ split: String) throws -> String {
      try place.write(
        "a.yaml",
        """
        data: {source: csv, path: flowers.csv, target: kind, split: \(split)}
        model: [{linear: classes}]

        """)
      let outcome = try place.labbook("check", "a.yaml")
      #expect(outcome.status == 2)
      return outcome.errors
    }
    #expect(
      try problem("{folds: 91}").contains("folds: 91 asks for more parts than there are rows"))
    #expect(try problem("{folds: 1}").contains("folds cannot be 1"))
    #expect(try problem("{folds: 3, val: 0.2}").contains("folds take the place of val"))
    #expect(
      try problem("{folds: 3, order: true}").contains("would train on what comes later"))
    #expect(try problem("{folds: 3, groups: kin}").contains("Did you mean 'kind'?"))
  }
}
