import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Testing
import Tracking

/// What is no longer wanted ends, what is goes on, and nothing begins.
struct WantedRunsTests {
  private struct Trained {
    let report: RunReport
    let statuses: [Int: RunStatus]
    let tally: [Int: Int]
  }

  /// Two runs at work of six, where the second one wishes while the first is at work, and goes on until it is
  /// ended; without a wish all of them are short.
  private func train(
    _ store: RunStore, _ tally: Tally, _ wish: (@Sendable (WantedRuns) -> Void)?
  ) throws -> Trained {
    var options = SweepRunner.Options()
    let wanted = options.wanted
    options.environment = ["version": "test"]
    let hasWished = Mutex(false)
    let jobs = (1...6).map { seed in
      FakeTraining(
        seed: seed, updates: seed == 2 && wish != nil ? 1_000_000 : 20,
        microsecondsPerUpdate: 1_000, tally: tally,
        before: { update in
          guard let wish else { return }
          if seed == 2, update == 3 {
            wish(wanted)
            hasWished.withLock { $0 = true }
          }
          let end = Date(timeIntervalSinceNow: 60)
          while seed == 1, !hasWished.withLock({ $0 }), Date() < end { usleep(1_000) }
        }
      ).job("a")
    }
    let report = try SweepRunner(store, options, cores: 2).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
    let runs = try store.runs()
    return Trained(
      report: report, statuses: Dictionary(runs.map { ($0.seed, $0.status) }) { a, _ in a },
      tally: tally.counts)
  }

  @Test func theOthersAreInterrupted() throws {
    let place = Workplace()
    let store = try place.store()
    let tally = Tally()
    let first = try train(store, tally) { $0.keepAtWork(["a/1", "a/5"]) }
    #expect(first.statuses[1] == .completed && first.statuses[2] == .interrupted)
    // The fifth is wanted, and had not begun.
    #expect((3...6).allSatisfy { first.statuses[$0] == .planned })
    #expect(first.tally == [1: 1, 2: 1])
    #expect(first.report.exitStatus == 0 && !first.report.wasInterrupted)
    // Whoever asks for them again trains what is missing alone.
    let second = try train(store, tally, nil)
    #expect(second.statuses.values.allSatisfy { $0 == .completed })
    #expect(second.tally == [1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1])
  }

  @Test func nothingWantedIsAnInterruption() throws {
    let place = Workplace()
    let trained = try train(try place.store(), Tally()) { $0.endAll() }
    #expect(trained.statuses[2] == .interrupted)
    #expect((3...6).allSatisfy { trained.statuses[$0] == .planned })
    #expect(trained.report.exitStatus == 130)
  }

  /// What was let go once does not come back.
  @Test func wishesOnlyNarrow() throws {
    let place = Workplace()
    let trained = try train(try place.store(), Tally()) {
      $0.keepAtWork(["a/1"])
      $0.keepAtWork(["a/1", "a/2"])
    }
    #expect(trained.statuses[1] == .completed && trained.statuses[2] == .interrupted)
  }
}
