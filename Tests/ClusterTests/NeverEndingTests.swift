import Cluster
import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import TestSupport
import Testing
import Tracking

/// Runs that take longer than a task may, and cannot go on from where they were.
@Suite struct NeverEndingTests {
  @Test func aRunThatOnlyBeginsAnewFails() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(seeds: 1, rates: "[0.01]")
    let attempts = Attempts()
    let launcher = TaskThreads { [EndlessTrainer(attempts: attempts)] }
    let executor = ClusterExecutor(launcher, TaskThreads.options(store.runsFolder))
    Thread.detachNewThread {
      // As a time limit does, again and again, each time once the run is at work.
      var preempted = 0
      for _ in 0..<6_000 {
        usleep(10_000)
        let begun = attempts.count
        if begun == preempted { continue }
        usleep(100_000)
        launcher.preempt()
        preempted = begun
      }
    }
    let report = try SweepRunner(store, executor).run(sweeps, experiment: "cluster")
    #expect(report.exitStatus == 1)
    let run = try #require(try store.runs().first)
    #expect(run.status == .failed)
    #expect(run.message?.contains("it was asked to leave") == true)
    #expect(launcher.submitted.count <= 4)
  }
}

/// How often a run has begun.
private final class Attempts: Sendable {
  private let begun = Mutex(0)
  var count: Int { begun.withLock { $0 } }
  func add() { begun.withLock { $0 += 1 } }
}

/// Comes further by chance in every attempt, and never to an end.
private struct EndlessTrainer: Trainer {
  let attempts: Attempts

  func trains(_ configuration: RunConfiguration) -> Bool { configuration.network != nil }

  func train(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    try sink.begin(from: nil, refused: [])
    attempts.add()
    var step = 0
    while control.requestedEnding == nil {
      step += 1
      sink.record([
        MetricPoint(Metric("loss"), step: step, epoch: 0, value: 1, timeMilliseconds: 0)
      ])
      usleep(10_000)
    }
    return TrainingOutcome(.interrupted, durationSeconds: 1, message: nil)
  }
}
