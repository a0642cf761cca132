import Cluster
import Foundation
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// Of a run a segment tells nothing before its beginning and after its end: what does is damage.
@Suite struct SegmentOrderTests {
  private static func check(
    _ trainer: @escaping @Sendable () -> any Trainer, seeds: Int = 1, fails: Bool = false
  ) throws -> (store: RunStore, place: PlanFixture, sweeps: [SweepJobs]) {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(seeds: seeds)
    let launcher = TaskThreads(cores: 2) { [trainer()] }
    var options = TaskThreads.options(store.runsFolder)
    options.limits.leastSeconds = 1_000
    let executor = ClusterExecutor(launcher, options)
    let report = try SweepRunner(store, executor).run(sweeps, experiment: "cluster")
    // Some of them diverge.
    #expect(report.ended.values.reduce(0, +) == 2 * seeds)
    #expect((report.ended == [.failed: 2 * seeds]) == fails)
    #expect(report.hindrances.isEmpty, "\(report.hindrances)")
    #expect(launcher.submitted == [[0]])
    let plan = try #require(PlanFolder.open(in: store.runsFolder).first)
    #expect(try plan.wholeRecords(of: 0).damages.isEmpty)
    return (store, place, sweeps)
  }

  /// Data that takes longer to read than tasks look around.
  @Test func aLateBeginningIsTaken() throws {
    let found = try Self.check { AnyTrainer { usleep(1_000_000) } }
    #expect(try PlanFixture.contents(found.store) == PlanFixture.expected(found.sweeps))
  }

  /// Runs that end while the task looks around.
  @Test func manyEndsAreTaken() throws {
    let found = try Self.check({ AnyTrainer { usleep(15_000) } }, seeds: 60)
    #expect(try PlanFixture.contents(found.store) == PlanFixture.expected(found.sweeps))
  }

  /// A run that cannot be begun fails with the reason, and is not handed over again.
  @Test func whatCannotBeBegunFails() throws {
    let found = try Self.check(
      { AnyTrainer { throw LabbookError.failure("the data has other contents here") } },
      fails: true)
    for run in try found.store.runs() {
      #expect(run.status == .failed)
      #expect(run.message?.contains("the data has other contents here") == true)
    }
  }
}

/// Does something before it trains.
private struct AnyTrainer: Trainer {
  let before: @Sendable () throws -> Void

  init(_ before: @escaping @Sendable () throws -> Void) { self.before = before }

  func trains(_ configuration: RunConfiguration) -> Bool { configuration.network != nil }

  func train(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    try before()
    guard let trainer = PlanFixture.trainers().first else {
      throw LabbookError.failure("there is no trainer")
    }
    return try trainer.train(job, control, into: sink)
  }
}
