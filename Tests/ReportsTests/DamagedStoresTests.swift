import Datasets
import Experiments
import Figures
import Foundation
import Interchange
import NeuralNet
import Pictures
import Results
import RunStorage
import Runner
import Runs
import Terminal
import TestSupport
import Testing
import Tracking
import Training

/// Stores damaged in 200 ways: all that reads them says an error of ours or an answer, and ends.
struct DamagedStoresTests {
  private static let file = """
    data: {source: moons, points_per_class: 20, split: {val: 0.3}}
    models: {a: {mlp: {hidden: [4]}}, b: {mlp: {hidden: [8]}}}
    train: {epochs: 2}
    notebook:
      - sweep: main
        over: {model: all}
        seeds: 2
      - {plot: curves, metric: val/loss}
      - plot: boundary
    """

  @Test func everyDamageIsAnErrorOrAnAnswer() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let run = try #require(try trained.store.runs().first?.id)
    trained.store.close()
    let path = trained.folder + "/labbook.sqlite"
    let whole = try #require(FileManager.default.contents(atPath: path))
    let damaged = trained.folder + "/damaged.sqlite"
    var answers = 0
    for seed in 0..<200 {
      try StoreDamage.write(seed, of: whole, to: damaged)
      for error in Self.errors(of: damaged, run, trained.cells, from: seed, &answers) {
        #expect(error is LabbookError, "\(seed): \(error)")
      }
    }
    // Most damage spares most questions.
    #expect(answers > 250)
  }

  /// Asks a store what commands ask, a quarter of it, and gives the errors.
  ///
  /// - Parameter turn: which quarter.
  private static func errors(
    of path: String, _ run: RunID, _ cells: [PlotCell], from turn: Int, _ answers: inout Int
  ) -> [any Error] {
    let store: RunStore
    do { store = try RunStore(at: path, .existing) } catch { return [error] }
    defer { store.close() }
    let library = DataLibrary()
    let questions: [() throws -> Int] = [
      { RunListing(try store.runs(), for: .table).table.text(.table).count },
      {
        RunListing(try store.runs(), for: .table).tableByConfiguration(try store.configurations())
          .text(.table).count
      },
      { try RunReport(record(run, store), in: store).text(TextStyle(isColored: false)).count },
      { try export(store) { try $0.runs() } },
      { try export(store) { try $0.metrics() } },
      { sweepTable(try store.sweeps()).text(.csv).count },
      { try view(store).groups(by: view(store).key("model")).count },
      {
        try Comparison(view(store), by: "model", against: nil, metric: nil, .last).table
          .text(.table).count
      },
      { try FigureMaker(view(store), in: store, library: library).figure(cells[0]).panels.count },
      { try FigureMaker(view(store), in: store, library: library).figure(cells[1]).panels.count },
      {
        let stored = try store.configuration(of: run, in: library).configuration
        return try RunVerification(
          record(run, store), stored, by: NetworkTrainer(library: library), in: store
        ).points
      },
      { try TrainedNetwork(record(run, store), best: false, in: store).predictor().outputCount },
    ]
    var errors: [any Error] = []
    for (place, ask) in questions.enumerated() where place % 4 == turn % 4 {
      do { answers += try ask() >= 0 ? 1 : 0 } catch { errors.append(error) }
    }
    return errors
  }

  private static func record(_ run: RunID, _ store: RunStore) throws -> RunRecord {
    try store.run(beginning: run.description)
  }

  private static func view(_ store: RunStore) throws -> SweepView {
    try SweepView(sweep: "main", experiment: nil, in: store)
  }

  private static func export(
    _ store: RunStore, _ write: (RunExport) throws -> Void
  ) throws -> Int {
    var count = 0
    try write(RunExport(store, RunQuery(), json: true) { count += $0.utf8.count })
    return count
  }
}
