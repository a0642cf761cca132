import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Sweeps
import Terminal
import Testing
import Tracking

struct BestTableTests {
  private static let file = """
    data: {source: spiral, points_per_class: 60, split: {val: 0.2}}
    models:
      lines: [{linear: classes}]
      hidden: {mlp: {hidden: [16]}}
    train: {epochs: 6, optimizer: adam, lr: 0.05, batch_size: 16}
    notebook:
      - sweep: rates
        over: {model: all, lr: [1e-5, 0.05, 1e38]}
        where: "lr < 1 or model = 'lines'"
        seeds: 2
      - table: best
        metric: val/accuracy
        show: [val/loss, status, batch_size, last_epoch]
      - table: best
        by: model
        value: last
    """

  private func tables() throws -> (trained: TrainedExperiment, tables: [[[String: Any]]]) {
    let trained = try TrainedExperiment(Self.file)
    let tables = try trained.experiment.cells.compactMap { cell -> [[String: Any]]? in
      guard case .table(let cell) = cell, let plan = trained.plan[cell.sweep] else { return nil }
      let text = try SweepResults(plan, in: trained.store).bestTable(cell).text(.json)
      return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    }
    return (trained, tables)
  }

  @Test func theBestComesFirstAndBadRunsLast() throws {
    let (trained, tables) = try tables()
    defer { trained.remove() }
    let rows = try #require(tables.first)
    #expect(rows.count == 5)
    #expect(rows[0]["model"] as? String == "hidden")
    #expect(rows[0]["lr"] as? Double == 0.05)
    #expect(rows[0]["val/accuracy_n"] as? Int == 2)
    #expect(rows[0]["batch_size"] as? Int == 16)
    #expect(rows[0]["status"] as? String == "completed")
    #expect(rows[0]["last_epoch_mean"] as? Double == 6)
    let means = rows.dropLast().compactMap { $0["val/accuracy_mean"] as? Double }
    #expect(means == means.sorted(by: >))
    let last = try #require(rows.last)
    #expect(last["lr"] as? Double == 1e38)
    #expect((last["note"] as? String)?.hasSuffix("diverged") == true)
  }

  /// The mean and deviation of the table are those of the points at the chosen epoch.
  @Test func theNumbersAreThoseOfTheStore() throws {
    let (trained, tables) = try tables()
    defer { trained.remove() }
    let row = try #require(tables.first?.first)
    let plan = try #require(trained.plan["rates"])
    let results = try SweepResults(plan, in: trained.store)
    let best = try #require(
      plan.configurations.first { $0.label == "model=hidden, lr=0.05" })
    var accuracies: [Double] = []
    for run in best.runs {
      let record = try #require(results.record(of: run))
      let curves = try trained.store.curves(of: [record.id], [.valLoss, .valAccuracy])
      let loss = try #require(curves.first { $0.metric == .valLoss })
      let accuracy = try #require(curves.first { $0.metric == .valAccuracy })
      // The objective is the least val/loss after training began, the earliest of equals.
      let epochs = loss.values.indices.filter { loss.epochs[$0] > 0 }
      let chosen = try #require(epochs.min { loss.values[$0] < loss.values[$1] })
      accuracies.append(accuracy.values[chosen])
    }
    let mean = (accuracies[0] + accuracies[1]) / 2
    #expect(abs((row["val/accuracy_mean"] as? Double ?? .nan) - mean) < 1e-12)
    let deviation = abs(accuracies[0] - accuracies[1]) / 2.0.squareRoot()
    #expect(abs((row["val/accuracy_std"] as? Double ?? .nan) - deviation) < 1e-12)
  }

  @Test func oneRowAGroup() throws {
    let (trained, tables) = try tables()
    defer { trained.remove() }
    #expect(tables[1].count == 2)
    #expect(Set(tables[1].compactMap { $0["model"] as? String }) == ["lines", "hidden"])
    #expect(tables[1].allSatisfy { $0["val/loss_mean"] is Double })
  }
}
