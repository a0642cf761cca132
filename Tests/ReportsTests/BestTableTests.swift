import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import TestSupport
import Testing
import Tracking

/// Best tables of runs whose values were told: whole tables with every kind of row.
struct BestTableTests {
  private static let file = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}}
    objective: {maximize: val/accuracy}
    train: {epochs: 3, batch_size: 16}
    notebook:
      - sweep: s
        over: {model: all, lr: [0.1, 0.2, 0.3, 0.4, 0.5]}
        where: "lr < 0.4 or model = 'hidden'"
        seeds: 3
      - table: best
      - table: best
        metric: val/loss
        show: [val/accuracy, status, batch_size, last_epoch, best_epoch, hidden]
      - {table: best, value: last}
      - {table: best, by: model, metric: val/loss}
      - {table: best, by: lr, title: Rates}

    """

  /// Accuracies at the chosen epoch 2 and at the last one, 3, for three seeds; losses are 1 - a.
  private static let accuracies: [String: [(best: Double, last: Double)]] = [
    // Equal means, exactly: the one that stands first in the file comes first.
    "lines 0.1": [(0.5, 0.25), (0.5, 0.25), (0.5, 0.25)],
    "lines 0.2": [(0.25, 0.75), (0.5, 0.75), (0.75, 0.75)],
    "lines 0.3": [(0.75, 0.5), (0.75, 0.5), (0.75, 0.25)],
    "hidden 0.1": [(0.7, 0.1), (0.8, 0.2), (0.9, 0.3)],
    // The best of all by its other seeds, but one of three diverged.
    "hidden 0.2": [(0.99, 0.99), (0.5, 0.5), (0.99, 0.99)],
    // The second best by its other seeds, but one failed.
    "hidden 0.3": [(0.95, 0.9), (0.95, 0.9), (0.95, 0.9)],
    // One seed is not there yet, one was stopped.
    "hidden 0.4": [(0.6, 0.6), (0.64, 0.6), (0, 0)],
  ]

  private static func tell(_ run: RunConfiguration) throws -> Told? {
    let name = "\(run.modelName) \(run.number("train.lr"))"
    guard let (best, last) = accuracies[name]?[run.train.seed - 1] else { return nil }
    let curves = ["val/accuracy": [0, best, last], "val/loss": [0.01, 1 - best, 1 - last]]
    switch (name, run.train.seed) {
    case ("hidden 0.2", 2):
      return Told(["val/accuracy": [0, best], "val/loss": [0.01, .nan]], best: 1, .diverged)
    case ("hidden 0.3", 3): return Told(["val/loss": [0.01]], best: nil, .failed)
    case ("hidden 0.4", 2): return Told(curves.mapValues { Array($0.prefix(2)) }, best: 2, .stopped)
    case ("hidden 0.4", 3): return nil
    default: return Told(curves, best: 2)
    }
  }

  private func tables(_ format: TableFormat) throws -> [String] {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    return try told.experiment.cells.compactMap { cell in
      if case .table(let cell) = cell { try results.bestTable(cell).text(format) } else { nil }
    }
  }

  @Test func theBestComesFirstAndBadConfigurationsLast() throws {
    let tables = try tables(.table)
    #expect(tables[0] == Expected.byTheObjective)
    #expect(tables[1] == Expected.byLoss)
    #expect(tables[2] == Expected.byLast)
    #expect(tables[3] == Expected.ofEachModel)
    #expect(tables[4] == Expected.ofEachRate)
  }

  @Test func theFirstAreShownAndTheOthersCounted() throws {
    let told = try ToldExperiment(Self.file + "  - {table: best, top: 3}\n", tell: Self.tell)
    defer { told.remove() }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    let cells = told.experiment.cells.compactMap { cell -> TableCell? in
      if case .table(let cell) = cell { cell } else { nil }
    }
    let all = try results.bestTable(cells[0]).rows.map { [$0[0].text, $0[1].text] }
    let first = try results.bestTable(cells[5]).rows.map { [$0[0].text, $0[1].text] }
    #expect(all.count == 8 && first == Array(all.prefix(3)))
    #expect(results.bestNote(cells[5]).hasPrefix("The first 3 of 8; top: 8 shows all. Values are"))
    #expect(results.bestNote(cells[0]).hasPrefix("Values are"))
  }

  @Test func aNarrowTerminalKeepsWhatTheRowsAreRankedBy() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    let cells = told.experiment.cells.compactMap { cell -> TableCell? in
      if case .table(let cell) = cell { cell } else { nil }
    }
    let text = try results.bestTable(cells[0]).text(within: 34)
    #expect(text.split(separator: "\n").first?.contains("val/accuracy") == true, "\(text)")
    #expect(text.contains("Not shown, for want of room:"), "\(text)")
  }

  @Test func programsReadMeanDeviationAndNumber() throws {
    let text = unixLines(try tables(.csv)[1])
    #expect(text == Expected.csv)
  }

  /// Combinations that are one run stand in one row; a sweep without axes shows its model.
  @Test func equalCombinationsShareARow() throws {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: {mlp: {hidden: [8]}}
      train: {epochs: 2, lr: 0.1}
      notebook:
        - sweep: s
          variants: {as it is: {}, the same: {lr: 0.1}, slower: {lr: 0.01}}
          over: {optimizer: [sgd, {name: sgd, momentum: 0}, adam]}
        - table: best
        - {sweep: one}
        - {table: best, show: [variant]}
      """
    ) { run in
      let isAdam = run.train.optimizer.name == "adam"
      let loss = run.number("train.lr") + (isAdam ? 1 : 0)
      return Told(["val/loss": [loss]], best: 1)
    }
    defer { told.remove() }
    let tables = try zip(told.plan.sweeps, [1, 3]).map { sweep, place in
      guard case .table(let cell) = told.experiment.cells[place] else { return "" }
      return try SweepView(sweep, in: told.store).bestTable(cell).text(.table)
    }
    #expect(tables[0] == Expected.shared)
    #expect(tables[1] == Expected.one)
  }

  /// The mean and deviation of a table of trained runs are those of the points at the chosen epoch.
  @Test func theNumbersAreThoseOfTheStore() throws {
    let trained = try TrainedExperiment(
      """
      data: {source: spiral, points_per_class: 60, split: {val: 0.2}}
      model: {mlp: {hidden: [16]}}
      train: {epochs: 12, optimizer: adam, lr: 1, batch_size: 16}
      notebook:
        - {sweep: s, seeds: 2}
        - {table: best, metric: val/accuracy}
      """)
    defer { trained.remove() }
    guard case .table(let cell) = trained.experiment.cells[1] else { return }
    let plan = trained.plan.sweeps[0]
    let results = try SweepView(plan, in: trained.store)
    let text = try results.bestTable(cell).text(.json)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    let row = try #require(rows.first)
    var accuracies: [Double] = []
    var isLast: [Bool] = []
    for run in plan.configurations[0].runs {
      let record = try #require(results.runs.first { $0.key == run.key })
      let curves = try trained.store.curves(of: [record.id], [.valLoss, .valAccuracy])
      let loss = try #require(curves.first { $0.metric == .valLoss })
      let accuracy = try #require(curves.first { $0.metric == .valAccuracy })
      // The objective is the least val/loss after training began, the earliest of equals.
      let epochs = loss.values.indices.filter { loss.epochs[$0] > 0 }
      let chosen = try #require(epochs.min { loss.values[$0] < loss.values[$1] })
      accuracies.append(accuracy.values[chosen])
      isLast.append(chosen == loss.values.count - 1)
    }
    #expect(isLast.contains(false), "the sample says nothing where every best is the last one")
    // Sums of two numbers of order 1: their last bits.
    let mean = (accuracies[0] + accuracies[1]) / 2
    #expect(abs((row["val/accuracy_mean"] as? Double ?? .nan) - mean) < 1e-12)
    let deviation = abs(accuracies[0] - accuracies[1]) / 2.0.squareRoot()
    #expect(abs((row["val/accuracy_std"] as? Double ?? .nan) - deviation) < 1e-12)
  }
}

private enum Expected {
  static let byTheObjective = """
    model    lr     val/accuracy  note
    hidden  0.1  0.80 ± 0.10 (3)
    lines   0.3     0.75 ± 0 (3)
    hidden  0.4  0.62 ± 0.03 (2)  1 stopped, 1 not run
    lines   0.1      0.5 ± 0 (3)
    lines   0.2    0.5 ± 0.2 (3)
    hidden  0.5                   3 not run
    hidden  0.2     0.99 ± 0 (2)  1 diverged
    hidden  0.3     0.95 ± 0 (2)  1 failed

    """
  static let byLoss = """
    model    lr         val/loss     val/accuracy  status               batch_size     last_epoch     best_epoch  hidden  note
    hidden  0.1  0.20 ± 0.10 (3)  0.80 ± 0.10 (3)  completed                    16      3 ± 0 (3)      2 ± 0 (3)  [8]
    lines   0.3     0.25 ± 0 (3)     0.75 ± 0 (3)  completed                    16      3 ± 0 (3)      2 ± 0 (3)
    hidden  0.4  0.38 ± 0.03 (2)  0.62 ± 0.03 (2)  completed, stopped           16  2.5 ± 0.7 (2)      2 ± 0 (2)  [8]     1 stopped, 1 not run
    lines   0.1      0.5 ± 0 (3)      0.5 ± 0 (3)  completed                    16      3 ± 0 (3)      2 ± 0 (3)
    lines   0.2    0.5 ± 0.2 (3)    0.5 ± 0.2 (3)  completed                    16      3 ± 0 (3)      2 ± 0 (3)
    hidden  0.5                                                                 16                                [8]     3 not run
    hidden  0.2     0.01 ± 0 (2)     0.99 ± 0 (2)  completed, diverged          16  2.7 ± 0.6 (3)  1.7 ± 0.6 (3)  [8]     1 diverged
    hidden  0.3     0.05 ± 0 (2)     0.95 ± 0 (2)  completed, failed            16  2.3 ± 1.2 (3)      2 ± 0 (2)  [8]     1 failed

    """
  static let byLast = """
    model    lr     val/accuracy  note
    lines   0.2     0.75 ± 0 (3)
    hidden  0.4  0.62 ± 0.03 (2)  1 stopped, 1 not run
    lines   0.3  0.42 ± 0.14 (3)
    lines   0.1     0.25 ± 0 (3)
    hidden  0.1  0.20 ± 0.10 (3)
    hidden  0.5                   3 not run
    hidden  0.2     0.99 ± 0 (2)  1 diverged
    hidden  0.3      0.9 ± 0 (2)  1 failed

    """
  static let ofEachModel = """
    model    lr         val/loss
    hidden  0.1  0.20 ± 0.10 (3)
    lines   0.3     0.25 ± 0 (3)

    """
  static let ofEachRate = """
    model    lr     val/accuracy  note
    hidden  0.1  0.80 ± 0.10 (3)
    lines   0.3     0.75 ± 0 (3)
    hidden  0.4  0.62 ± 0.03 (2)  1 stopped, 1 not run
    lines   0.2    0.5 ± 0.2 (3)
    hidden  0.5                   3 not run

    """
  static let csv = """
    model,lr,val/loss_mean,val/loss_std,val/loss_n,val/accuracy_mean,val/accuracy_std,val/accuracy_n,status,batch_size,last_epoch_mean,last_epoch_std,last_epoch_n,best_epoch_mean,best_epoch_std,best_epoch_n,hidden,note
    hidden,0.1,0.19999999999999998,0.10000000000000003,3,0.7999999999999999,0.10000000000000003,3,completed,16,3,0,3,2,0,3,[8],
    lines,0.3,0.25,0,3,0.75,0,3,completed,16,3,0,3,2,0,3,,
    hidden,0.4,0.38,0.028284271247461926,2,0.62,0.028284271247461926,2,"completed, stopped",16,2.5,0.7071067811865476,2,2,0,2,[8],"1 stopped, 1 not run"
    lines,0.1,0.5,0,3,0.5,0,3,completed,16,3,0,3,2,0,3,,
    lines,0.2,0.5,0.25,3,0.5,0.25,3,completed,16,3,0,3,2,0,3,,
    hidden,0.5,,,,,,,,16,,,,,,,[8],3 not run
    hidden,0.2,0.010000000000000009,0,2,0.99,0,2,"completed, diverged",16,2.6666666666666665,0.5773502691896258,3,1.6666666666666667,0.5773502691896257,3,[8],1 diverged
    hidden,0.3,0.050000000000000044,0,2,0.95,0,2,"completed, failed",16,2.3333333333333335,1.1547005383792515,3,2,0,2,[8],1 failed

    """
  static let shared = """
    variant             optimizer                      val/loss
    slower              sgd, {name: sgd, momentum: 0}      0.01
    as it is, the same  sgd, {name: sgd, momentum: 0}       0.1
    slower              adam                               1.01
    as it is, the same  adam                                1.1

    """
  static let one = """
    model  val/loss  variant
    model       1.1

    """
}
