import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Tracking

/// A folder with a store of its own for one test.
final class Workplace: Sendable {
  let folder = NSTemporaryDirectory() + "labbook-test-" + RunID().description

  init() {
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func store() throws -> RunStore { try RunStore(at: folder + "/labbook.sqlite", .create) }
}

/// A quick training that is a pure function of its seed.
struct FakeTraining: Sendable {
  var seed: Int
  var updates = 20
  var microsecondsPerUpdate: UInt32 = 0
  var ending = RunStatus.completed
  var error: LabbookError?
  /// Counts how often it was trained.
  var tally: Tally?
  /// Called before each update.
  var before: (@Sendable (_ update: Int) -> Void)?

  var objective: Objective { Objective(.valLoss, .minimize) }

  /// The value at an update: deterministic noise.
  func value(_ update: Int) -> Double { sin(Double(seed * 7919 + update * 104_729)) + 2 }

  func job(_ name: String) -> TrainingJob {
    let request = RunRequest(
      key: "\(name)/\(seed)", configuration: name, seed: seed, objective: objective,
      parameters: [Hyperparameter("train.seed", .integer(seed))])
    return TrainingJob(
      request, label: "\(name), seed \(seed)", updates: updates, cost: Double(updates), work: train)
  }

  private func train(_ context: FakeContext) throws -> TrainingOutcome {
    tally?.add(seed)
    var best = Double.infinity
    for update in 1...updates {
      if context.shouldStop { return TrainingOutcome(.interrupted, durationSeconds: 0.1) }
      before?(update)
      if microsecondsPerUpdate > 0 { usleep(microsecondsPerUpdate) }
      let value = value(update)
      context.record([
        MetricPoint(
          .valLoss, step: update, epoch: update, value: value,
          timeMilliseconds: Int64(update))
      ])
      if value < best {
        best = value
        context.choose(step: update, epoch: update, value: value)
      }
      context.advance(to: update)
    }
    if let error { throw error }
    try context.writeArtifact(RunFile.weights, Data("weights of \(seed)".utf8))
    return TrainingOutcome(
      ending, durationSeconds: 0.25, message: ending == .diverged ? "not finite" : nil)
  }
}

/// Counts what several threads report.
final class Tally: Sendable {
  private let seeds = Mutex<[Int: Int]>([:])

  var counts: [Int: Int] { seeds.withLock { $0 } }

  func add(_ seed: Int) { seeds.withLock { $0[seed, default: 0] += 1 } }
}

/// Everything about the runs of a store that must not depend on how they were run.
func contents(_ store: RunStore) throws -> [String] {
  try store.runs().sorted { $0.key < $1.key }.flatMap { run in
    let curves = try store.curves(of: [run.id], try store.metrics(of: [run.id]))
    let points = curves.map { "\($0.metric) \($0.steps) \($0.values.map(\.bitPattern))" }
    let files = try store.artifacts(of: run.id).map { "\($0.name) \($0.sha256)" }
    let best = run.metrics.map { "\($0.key) \(String(describing: $0.value.best?.bitPattern))" }
    return ["\(run.key) \(run.status) \(run.bestEpoch ?? -1)"] + points + files + best.sorted()
  }
}
