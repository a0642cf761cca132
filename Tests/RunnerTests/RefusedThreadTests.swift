import Datasets
import Machine
import RunStorage
import Runner
import Runs
import Synchronization
import Testing
import Tracking
import Training

/// Where the system makes no thread, `run` says so or goes on with those there are; it never hangs.
@Suite struct RefusedThreadTests {
  /// Refuses threads whose names begin so, after the first few of them.
  private func refusing(_ names: String, after allowed: Int = 0) -> ThreadMaker {
    let asked = Mutex(0)
    return ThreadMaker { name in
      guard name.hasPrefix(names) else { return 0 }
      return asked.withLock {
        $0 += 1; return $0 > allowed ? 11 : 0
      }  // EAGAIN
    }
  }

  private func train(
    _ store: RunStore, workers: ThreadMaker = .system, others: ThreadMaker = .system
  ) throws -> RunReport {
    let executor = ThreadExecutor([FakeTrainer()], cores: 4, threads: workers)
    return try SweepRunner(store, executor, threads: others).run(
      [SweepJobs("main", (1...8).map { FakeTraining(seed: $0).job("a") })], experiment: "e",
      stop: StopSignal())
  }

  @Test(arguments: [0, 1, 2])
  func theThreadsThatThereAreTrain(others: Int) throws {
    let place = Workplace()
    let report = try train(place.store(), workers: refusing("labbook.work", after: others))
    #expect(report.ended == [.completed: 8])
  }

  @Test(arguments: ["labbook.writer", "labbook.leader"])
  func withoutAThreadThatIsNeededTheErrorSaysIt(name: String) throws {
    let place = Workplace()
    let store = try place.store()
    let error = #expect(throws: LabbookError.self) { try train(store, others: refusing(name)) }
    #expect(error?.message.hasPrefix("no thread can be made") == true && error?.status == 1)
    // Nothing was begun, and the next command trains it all.
    #expect(try train(store).ended == [.completed: 8])
  }
}
