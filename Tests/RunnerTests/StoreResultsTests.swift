import Foundation
import RunStorage
import Runs
import Sweeps
import Testing
import Tracking

/// What a growing plan reads of a store: each run's own objective, epoch 0 among it.
@Suite struct StoreResultsTests {
  private let place = Workplace()

  /// Two finished runs with objectives of their own, each with other metrics beside, and a diverged one.
  private func store() throws -> RunStore {
    let store = try place.store()
    let objectives = [
      Objective(.valLoss, .minimize), Objective(.valAccuracy, .maximize),
      Objective(.valLoss, .minimize),
    ]
    let requests = zip(["a", "b", "c"], objectives).map {
      RunRequest(key: $0, configuration: "of " + $0, seed: 1, objective: $1, parameters: [])
    }
    let writer = RunWriter(store)
    let runs = try store.register([("main", requests)], experiment: "e").flatMap { $0 }
    for (place, run) in runs.enumerated() {
      guard case .claimed(let claim) = try store.claim(run.id) else { continue }
      let recorder = writer.recorder(for: claim)
      for epoch in 0...(place == 2 ? 1 : 3) {
        for (number, metric) in [Metric.trainLoss, .valLoss, .valAccuracy].enumerated() {
          recorder.record([
            MetricPoint(
              metric, step: epoch * 10, epoch: epoch,
              value: Double(100 * place + 10 * number + epoch), timeMilliseconds: 1)
          ])
        }
      }
      recorder.choose(step: 20, epoch: 2)
      recorder.finish(place == 2 ? .diverged : .completed, durationSeconds: 1)
    }
    try writer.close()
    return store
  }

  private func described(_ results: [String: RunResult]) -> [String: String] {
    results.mapValues { result in
      let curve = result.curve.map { "\($0.epoch):\(Int($0.value))" }.joined(separator: " ")
      return "\(result.status) \(result.best.map { "\(Int($0))" } ?? "-") [\(curve)]"
    }
  }

  @Test func everyRunHasTheCurveOfItsOwnObjective() throws {
    let results = StoreResults(try store())
    let all = described(try results.results(ofKeys: ["a", "b", "c", "d"], curves: true))
    #expect(all["a"] == "completed 12 [0:10 1:11 2:12 3:13]")
    #expect(all["b"] == "completed 122 [0:120 1:121 2:122 3:123]")
    #expect(all["c"]?.hasPrefix("diverged ") == true)
    #expect(all["c"]?.hasSuffix("[0:210 1:211]") == true && all.count == 3)
    #expect(
      described(try results.results(ofKeys: ["b", "a"], curves: false))
        == ["a": "completed 12 []", "b": "completed 122 []"])
  }

  @Test func whatDoesNotCountIsLeftOut() throws {
    let results = StoreResults(try store()) { key, status in key != "b" && status != .diverged }
    #expect(try results.results(ofKeys: ["a", "b", "c"], curves: true).keys.sorted() == ["a"])
  }
}
