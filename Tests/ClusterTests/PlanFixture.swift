import Cluster
import Datasets
import Experiments
import Foundation
import RunStorage
import Runner
import Runs
import Sweeps
import TestSupport
import Tracking
import Training

/// A folder of a test with a store and a small sweep of networks.
final class PlanFixture: Sendable {
  let folder = NSTemporaryDirectory() + "labbook-plan-" + RunID().description

  init() {
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func store(_ name: String = "labbook") throws -> RunStore {
    try RunStore(at: "\(folder)/\(name).sqlite", .create)
  }

  /// Some networks; one of the rates diverges.
  static func sweeps(
    epochs: Int = 3, seeds: Int = 2, rates: String = "[0.01, 1e30]", points: Int = 10
  ) throws -> [SweepJobs] {
    let library = DataLibrary()
    let experiment = try Experiment.parse(
      """
      data: {source: spiral, points_per_class: \(points), split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      train: {batch_size: 8, epochs: \(epochs)}
      over: {lr: \(rates)}
      seeds: \(seeds)
      """, name: "cluster.yaml", library: library)
    let facts = PlanFacts(library: library)
    return try SweepJobs.of(RunPlan(experiment, facts: facts), facts: facts)
  }

  static func trainers() -> [any Trainer] {
    [NetworkTrainer(library: DataLibrary(), checksData: true)]
  }

  /// What a store holds of results: keys, status, points, and the bits of files.
  static func contents(_ store: RunStore) throws -> [String] {
    try store.runs().flatMap { run -> [String] in
      let curves = try store.curves(of: [run.id], Array(run.metrics.keys))
      let lines = curves.map { "\(run.key) \($0.metric) \($0.steps) \($0.values)" }
      // Whether the last state is kept for longer runs depends on how long the run took.
      let files = try store.artifacts(of: run.id).filter { $0.name != RunFile.state }
        .map { "\(run.key) \($0.name) \($0.sha256)" }
      return ["\(run.key) \(run.status) \(run.bestStep ?? -1)"] + lines + files
    }.sorted()
  }

  /// What one thread here comes to.
  static func expected(_ sweeps: [SweepJobs]) throws -> [String] {
    let place = PlanFixture()
    let store = try place.store()
    _ = try SweepRunner(store, ThreadExecutor(trainers(), cores: 1))
      .run(sweeps, experiment: "cluster")
    return try contents(store)
  }

  /// A plan that was handed over and not taken in.
  func plan(_ sweeps: [SweepJobs], in store: RunStore, _ launcher: any Launcher) throws
    -> PlanFolder
  {
    var options = TaskThreads.options(store.runsFolder)
    options.detaches = true
    let executor = ClusterExecutor(launcher, options)
    _ = try SweepRunner(store, executor).run(sweeps, experiment: "cluster")
    let plans = PlanFolder.open(in: store.runsFolder)
    guard let plan = plans.last else { throw LabbookError.failure("no plan was made") }
    return plan
  }
}
