import Experiments
import FileLanguage
import Foundation
import Interchange
import Pages
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Testing
import Tracking

/// Trained runs that diverge in their first epoch, so that all they measured is epoch 0: nothing of it is
/// a final value anywhere, though it is smaller than that of the runs that did not.
@Suite struct DivergedValuesTests {
  private static let file = """
    data: {source: moons, points_per_class: 40, noise: 0.3, split: {val: 0.3}}
    model: {mlp: {hidden: [8]}}
    train: {optimizer: sgd, epochs: 2, batch_size: 8}
    objective: {maximize: val/loss}
    notebook:
      - {sweep: s, over: {lr: [0.01, 1e200]}, seeds: 3}
      - {table: best, metric: val/loss}
      - {table: best, metric: val/loss, value: last, show: [val/accuracy]}
      - text: "{{ count(val/loss) }} {{ mean(val/loss) }} {{ best(val/accuracy) }}"

    """

  @Test func valuesOfEpochZeroAreNoFinalOnes() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let store = trained.store
    let runs = try store.runs()
    #expect(runs.count { $0.status == .diverged } == 3)
    for run in runs where run.status == .diverged {
      // It was measured before training; what it had reached is there.
      let curve = try #require(try store.curves(of: [run.id], [.valLoss]).first)
      #expect(curve.epochs.first == 0 && curve.values[0].isFinite)
      #expect(run.value(of: .valLoss, .last) == nil && run.value(of: .valLoss, .best) == nil)
    }
    // Sorted either way it comes last, and no condition on a value holds for it.
    for isDown in [false, true] {
      var query = RunQuery()
      query.order = .metric(.valLoss, .last, descending: isDown)
      #expect(try store.runs(query).suffix(3).allSatisfy { $0.status == .diverged })
      let order = try store.configurations(query)
      #expect(order.last == runs.first { $0.status == .diverged }?.configuration)
    }
    for condition in [
      "val/loss < 100", "val/loss >= 0", "val/loss - 100 < 0", "val/loss = val/loss",
    ] {
      let filter = try RunFilter(Formula(condition), in: store)
      #expect(try store.runs(RunQuery(), where: filter).count == 3, "\(condition)")
    }
  }

  @Test func tablesAndTextsLeaveThemOut() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let builder = try NotebookBuilder(
      trained.experiment, trained.plan, in: trained.store, library: trained.library)
    for (_, block) in builder.tables() {
      let table = try #require(block.table?.text(.csv)).replacing("\r\n", with: "\n")
      let last = try #require(table.split(separator: "\n").last)
      #expect(last.hasPrefix("1e+200,,,") && last.hasSuffix(",3 diverged"))
      let words =
        "3 diverged of 6 runs: in no mean; a configuration with such a run ranks after all without."
      #expect(try #require(block.note).contains(". " + words))
    }
    for case .prose(let prose) in builder.page([]).page.blocks {
      let texts = prose.values.map(\.text)
      #expect(texts[0] == "3" && texts[1].contains(" (3), ") && texts[1].hasSuffix("3 diverged"))
      #expect(texts[2].hasSuffix(" (3)"))
    }
  }
}
