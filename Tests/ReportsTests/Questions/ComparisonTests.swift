import Experiments
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

  private func tables() throws -> [String] {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    return told.experiment.cells.compactMap { cell in
      if case .table(let cell) = cell { results.comparisonTable(cell).text(.table) } else { nil }
    }
  }

  @Test func groupsAreComparedByTheSameSeedOfTheSameCombination() throws {
    let tables = try tables()
    // lines has seeds 1 and 2 at both rates and seed 3 at one: 11, 12, 11.01, 12.01, 13.01 with the
    // mean 11.806. Only runs of the same seed and rate are compared, so that what is not there
    // makes no difference: each is 10 from hidden, and the rates differ by 0.01 / 1000.
    #expect(tables[0] == Expected.byModel)
    #expect(tables[1] == Expected.byModelAtItsBest)
    #expect(tables[2] == Expected.byRate)
  }

  @Test func theStoreAloneSaysTheSame() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let view = try SweepView(sweep: "s", experiment: nil, in: told.store)
    let comparison = try Comparison(view, by: "model", against: "hidden", metric: nil, .last)
    #expect(comparison.table.text(.table) == Expected.byModel)
    #expect(comparison.sentences == Expected.sentences)
    let other = try Comparison(view, by: "model", against: nil, metric: .valAccuracy, .best)
    #expect(other.table.text(.table) == Expected.byModelAtItsBest)
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
    // wide at 0.2 has seeds 1 and 3, lines at 0.1 seeds 1 and 2: only seed 1 is common.
    let table = try told.known(comparison.table.text(.csv)).components(separatedBy: "\r\n")
    #expect(table == Expected.configurations)
    let sentences = try comparison.sentences.map(told.known)
    #expect(
      sentences == [
        "configuration of run-2--- against run-15--, val/loss: too few seeds to say; the mean "
          + "difference over 1 common seed is -20.01."
      ])
    let beside = try told.known(RunComparison(Array(chosen.prefix(2))).table.text(.table))
    #expect(beside == Expected.beside)
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
        - {sweep: s, over: {lr: [0.1, 0.2, 0.3, 0.4]}, seeds: 3}
        - {table: compare, by: lr, against: 0.1, title: Rates}
      """
    ) { run in
      let (lr, seed) = (run.number("train.lr"), run.train.seed)
      switch lr {
      case 0.1: return seed < 3 ? Told(["val/loss": [1]], best: 1) : nil
      case 0.2: return seed == 3 ? Told(["val/loss": [2]], best: 1) : nil
      case 0.3: return seed == 2 ? Told(["val/loss": [.infinity]], best: 1) : nil
      default: return nil
      }
    }
    defer { told.remove() }
    guard case .table(let cell) = told.experiment.cells[1] else { return }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    let lines = results.comparisonTable(cell).text(.csv).components(separatedBy: "\r\n")
    #expect(lines == Expected.incomparable)
    #expect(results.title(of: cell) == "Rates")
  }
}

private enum Expected {
  static let byModel = """
    model         val/loss         difference  95 % interval  in words
    lines   11.8 ± 0.8 (5)  -10 ± 1.8e-15 (3)  [-10, -10]     better with every seed
    hidden  22.0 ± 0.9 (6)                                    what the others are compared with
    wide    32.0 ± 1.0 (5)   10 ± 4.2e-15 (3)  [10, 10]       worse with every seed (1 diverged, left out)

    """

  static let byModelAtItsBest = """
    model        val/accuracy    difference  95 % interval  in words
    lines   0.882 ± 0.008 (5)                               what the others are compared with
    hidden  0.780 ± 0.009 (6)  -0.1 ± 0 (3)  [-0.1, -0.1]   worse with every seed
    wide    0.680 ± 0.010 (5)  -0.2 ± 0 (3)  [-0.2, -0.2]   worse with every seed (1 diverged, left out)

    """

  static let byRate = """
    lr        val/accuracy      difference  95 % interval     in words
    0.1  0.523 ± 0.009 (8)  -1e-05 ± 0 (3)  [-1e-05, -1e-05]  worse with every seed
    0.2  0.521 ± 0.008 (8)                                    what the others are compared with (1 diverged, left out)

    """

  static let sentences = [
    "model lines against hidden, val/loss: better with every seed; the mean difference over 3 "
      + "common seeds is -10, with 95 % between -10 and -10.",
    "model wide against hidden, val/loss: worse with every seed; the mean difference over 3 "
      + "common seeds is 10, with 95 % between 10 and 10.",
  ]

  static let configurations = [
    "configuration of,val/loss_mean,val/loss_std,val/loss_n,difference_mean,difference_std,"
      + "difference_n,95 % interval,in words",
    "run-15--,32.01,1.4142135623730925,2,,,,,\"what the others are compared with (1 diverged, left "
      + "out)\"",
    "run-2---,11.5,0.7071067811865476,2,-20.01,,1,,too few seeds to say", "",
  ]

  static let beside = """
                                 run-15--   run-2---
    sweep                          told/s     told/s
    status                      completed  completed
    models.lines.0.bias                         true
    models.lines.0.linear                          3
    models.wide.mlp.activation       relu
    models.wide.mlp.dropout             0
    models.wide.mlp.hidden            [9]
    lr                                0.2        0.1
    model                            wide      lines
    seed                                1          2
    val/accuracy                    0.531      0.512
    val/loss                        31.01         12

    """

  static let incomparable = [
    "lr,val/loss_mean,val/loss_std,val/loss_n,difference_mean,difference_std,difference_n,"
      + "95 % interval,in words",
    "0.1,1,0,2,,,,,what the others are compared with", "0.2,2,,1,,,,,no seed in common",
    "0.3,inf,,1,inf,,1,,not a number", "0.4,,,,,,,,no values yet", "",
  ]
}
