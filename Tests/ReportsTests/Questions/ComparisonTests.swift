import Experiments
import FileLanguage
import Foundation
import Pages
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import TestSupport
import Testing
import Tracking

/// Comparisons of runs whose values were told: whole texts, and numbers worked out by hand.
struct ComparisonTests {
  private static let file = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}, wide: {mlp: {hidden: [9]}}}
    train: {epochs: 2}
    notebook:
      - {sweep: s, over: {model: all, lr: [0.1, 0.2]}, seeds: 3}
      - {table: compare, by: model, against: hidden}
      - {table: compare, by: model, against: lines, metric: val/accuracy, value: best}
      - {table: compare, by: lr, against: 0.2, metric: val/accuracy}
      - {table: compare, by: model, against: hidden, pool: true}
      - {table: compare, by: [model, lr], against: "hidden, 0.1"}

    """

  /// The value of a run: 10 a model, 1 a seed, a hundredth for the greater rate.
  private static func value(_ run: RunConfiguration) -> Double {
    let model = ["lines": 10.0, "hidden": 20.0, "wide": 30.0][run.modelName] ?? 0.0
    return model + Double(run.train.seed) + (run.number("train.lr") == 0.2 ? 0.01 : 0)
  }

  /// wide at the greater rate diverged with seed 2, and seed 3 of lines at the lesser is not there.
  private static func tell(_ run: RunConfiguration) -> Told? {
    let (lr, seed) = (run.number("train.lr"), run.train.seed)
    if run.modelName == "wide", lr == 0.2, seed == 2 {
      return Told(["val/loss": [.nan], "val/accuracy": [0.5]], best: 1, .diverged)
    }
    if run.modelName == "lines", lr == 0.1, seed == 3 { return nil }
    let value = value(run)
    // Accuracies fall while losses grow; the chosen epoch is the first one, best is not last.
    return Told(
      ["val/loss": [value - 5, value], "val/accuracy": [1 - value / 100, 0.5 + value / 1000]],
      best: 1)
  }

  private func comparisons() throws -> [Comparison] {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    return try told.experiment.cells.compactMap { cell in
      if case .table(let cell) = cell { try results.comparison(cell) } else { nil }
    }
  }

  /// Of two rates each model has the better one, by the mean over its seeds: for the loss lines at 0.1
  /// has 11 and 12, at 0.2 the mean 12.01 of three; hidden 22 and 22.01; wide at 0.1, because one run
  /// at 0.2 diverged.
  @Test func aGroupStandsByItsBestConfiguration() throws {
    let comparisons = try comparisons()
    let tables = comparisons.map { $0.table.text(.table) }
    #expect(tables[0] == ComparedTables.byModel)
    #expect(tables[1] == ComparedTables.byModelAtItsBest)
    #expect(tables[2] == ComparedTables.byRate)
    #expect(
      comparisons[0].notes == [
        "Values are the final ones.",
        "Each model stands by its best configuration by val/loss, of those that differ in lr.",
        ComparedTables.adjusted(2),
      ])
    #expect(
      comparisons[1].notes.first
        == "Values are those of each run's epoch with the least val/loss.")
  }

  /// Each seed's mean over both rates is one value, and n counts seeds.
  ///
  /// Hidden has 21.005, 22.005 and 23.005. Lines at 0.1 lacks seed 3, which is compared at 0.2 alone: each difference is 10.
  @Test func poolingIsSaidAndCountsSeeds() throws {
    let pooled = try comparisons()[3]
    #expect(pooled.table.text(.table) == ComparedTables.pooled)
    #expect(
      pooled.notes == [
        "Values are the final ones.",
        "Pooled over lr: each seed's mean over all is one value.", ComparedTables.adjusted(2),
      ])
  }

  /// Two keys are a group a combination; nothing is left to choose from.
  @Test func twoKeysGoTogether() throws {
    let both = try comparisons()[4]
    #expect(both.table.text(.table) == ComparedTables.byBoth)
    #expect(both.notes == ["Values are the final ones.", ComparedTables.adjusted(5)])
  }

  @Test func theStoreAloneSaysTheSame() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let view = try SweepView(sweep: "s", experiment: nil, in: told.store)
    let comparison = try Comparison(view, by: "model", against: "hidden", metric: nil, .last)
    #expect(comparison.table.text(.table) == ComparedTables.byModel)
    #expect(comparison.sentences == ComparedTables.sentences)
    let other = try Comparison(view, by: "model", against: nil, metric: .valAccuracy, .best)
    #expect(other.table.text(.table) == ComparedTables.byModelAtItsBest)
    let pooled = try Comparison(
      view, by: "model", against: "hidden", metric: nil, .last, pooled: true)
    #expect(pooled.table.text(.table) == ComparedTables.pooled)
    let both = try Comparison(view, by: "model,lr", against: "hidden,1e-1", metric: nil, .last)
    #expect(both.table.text(.table) == ComparedTables.byBoth)
    #expect(throws: LabbookError.self) {
      try Comparison(view, by: "model", against: "wid", metric: nil, .last)
    }
    #expect(throws: LabbookError.self) {
      try Comparison(view, by: "model", against: nil, metric: .testLoss, .last)
    }
    #expect {
      try Comparison(view, by: "lrr", against: nil, metric: nil, .last)
    } throws: { error in
      "\(error)" == "no run of the sweep 's' has 'lrr'; did you mean 'lr'?"
    }
  }

  /// A condition leaves one rate, so that nothing is chosen; one that no run fits is said.
  @Test func aConditionNarrowsWhatIsCompared() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    func view(_ condition: String) throws -> SweepView {
      let filter = try RunFilter(Formula(condition), in: told.store)
      return try SweepView(sweep: "s", experiment: nil, in: told.store, where: filter)
    }
    let some = try view("lr = 0.2 and seed < 3")
    let comparison = try Comparison(some, by: "model", against: nil, metric: nil, .last)
    #expect(comparison.groups.map(\.choice) == ["", "", ""])
    // Seeds 1 and 2 of lines and hidden at 0.2; of wide seed 1 alone.
    #expect(
      comparison.groups.map { $0.values[""]?.map(\.value) } == [
        [11.01, 12.01], [21.01, 22.01], [31.01],
      ])
    #expect {
      try view("lr > 7")
    } throws: { error in
      "\(error)" == "no run of the sweep 's' fits --where\n`labbook runs --sweep 's'` lists them"
    }
  }

  /// The data's seed is no setting that one would choose: n counts its values.
  @Test func dataSeedsAreCountedAsSuch() throws {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}}
      train: {epochs: 2}
      notebook:
        - {sweep: s, over: {model: all, data.seed: [1, 2, 3]}, seeds: 2}
        - {table: compare, by: model, against: lines}

      """
    ) { run in
      let data = run.number("data.seed")
      let base = run.modelName == "lines" ? 10.0 : 11
      // Both seeds of one data seed have the mean base + data seed.
      return Told(["val/loss": [base + data + (run.train.seed == 1 ? 0.5 : -0.5)]], best: 1)
    }
    defer { told.remove() }
    guard case .table(let cell) = told.experiment.cells[1] else { return }
    let view = try SweepView(told.plan.sweeps[0], in: told.store)
    let comparison = try #require(try view.comparison(cell))
    #expect(
      comparison.sentences == [
        "model hidden against lines, val/loss: worse with every data seed, no spread in 3 data "
          + "seeds; the mean difference over 3 common data seeds is 1, with 95 % between 1 and 1."
      ])
    #expect(comparison.notes.last == "n counts data seeds.")
    #expect(comparison.groups.map { $0.statistics?.mean } == [12, 13])
    #expect(comparison.groups.map { $0.statistics?.count } == [3, 3])
  }

  @Test func chosenRunsStandForTheirConfigurations() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let runs = try told.store.runs()
    func run(_ model: String, _ lr: Double, _ seed: Int) throws -> RunRecord {
      try #require(
        runs.first {
          $0.parameters["train.model"] == .text(model) && $0.seed == seed
            && $0.parameters["train.lr"]?.asNumber == lr
        })
    }
    let chosen = try [run("wide", 0.2, 1), run("lines", 0.1, 2), run("wide", 0.2, 3)]
    let comparison = try Comparison(configurationsOf: chosen, runs, metric: nil, .last)
    // wide at 0.2 has seeds 1 and 3, lines at 0.1 seeds 1 and 2: only seed 1 is common, too few to pair.
    let table = try told.known(comparison.table.text(.csv)).components(separatedBy: "\r\n")
    #expect(table == ComparedTables.configurations)
    let sentences = try comparison.sentences.map(told.known)
    #expect(
      sentences == [
        "configuration of run-2--- against run-15--, val/loss: better (Welch's interval, seeds are "
          + "not common); the mean difference over 2 and 2 seeds that are not common is -20.51, with "
          + "95 % between -27.43 and -13.59."
      ])
    let beside = try told.known(RunComparison(Array(chosen.prefix(2))).table.text(.table))
    #expect(beside == ComparedTables.beside)
    let same = try [run("wide", 0.2, 1), run("wide", 0.2, 3)]
    #expect(throws: LabbookError.self) {
      try Comparison(configurationsOf: same, runs, metric: nil, .last)
    }
  }

  /// Groups without anything in common, without values, with values that are no numbers.
  @Test func whatCannotBeComparedIsSaid() throws {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {epochs: 2}
      notebook:
        - {sweep: s, over: {lr: [0.1, 0.2, 0.3, 0.4, 0.5]}, seeds: 3}
        - {table: compare, by: lr, against: 0.1, title: Rates}
      """
    ) { run in
      let (lr, seed) = (run.number("train.lr"), run.train.seed)
      switch lr {
      case 0.1: return seed < 3 ? Told(["val/loss": [1]], best: 1) : nil
      case 0.2: return seed == 3 ? Told(["val/loss": [2]], best: 1) : nil
      case 0.3: return seed == 2 ? Told(["val/loss": [.infinity]], best: 1) : nil
      case 0.5: return Told(["val/loss": [7, .nan]], best: 1, .diverged)
      default: return nil
      }
    }
    defer { told.remove() }
    guard case .table(let cell) = told.experiment.cells[1] else { return }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    let lines = try #require(try results.comparison(cell)).table.text(.csv).components(
      separatedBy: "\r\n")
    #expect(lines == ComparedTables.incomparable)
    #expect(results.title(of: cell) == "Rates")
  }
}
