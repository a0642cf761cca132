import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import TensorKernels
import Testing
import Tracking

/// The cores of an executor go to the runs at work, also while they train.
@Suite struct SharedCoresTests {
  /// What runs saw, by their seed.
  private final class Seen: Sendable {
    private let counts = Mutex<[Int: [ThreadAllowance?]]>([:])

    func note(_ seed: Int, _ allowance: ThreadAllowance?) {
      counts.withLock { $0[seed, default: []].append(allowance) }
    }

    subscript(seed: Int) -> [ThreadAllowance?] { counts.withLock { $0[seed] ?? [] } }
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
  }

  /// Waits at most 20 s.
  private static func wait(until isTrue: () -> Bool) {
    for _ in 0..<2000 where !isTrue() { usleep(10_000) }
  }

  /// Trains runs that each wait until they may have so many threads, at most 20 s.
  ///
  /// The first ones, as many as train at once, see what they may have while all of them are at work.
  private func train(
    _ wanted: [Int], cores: Int, threadsEach: Int? = nil
  ) throws -> Seen {
    let seen = Seen()
    let first = min(max(1, cores / (threadsEach ?? 1)), wanted.count)
    let (begun, told) = (Counter(), Counter())
    let jobs = wanted.enumerated().map { index, threads in
      let fake = FakeTraining(seed: index + 1)
      return TrainingJob(fake.job("a").request, label: "\(index)", updates: 1, cost: 1) { context in
        if index < first {
          begun.add()
          Self.wait { begun.value >= first }
          seen.note(index + 1, context.control.threads)
          told.add()
          Self.wait { told.value >= first }
        }
        Self.wait {
          seen.note(index + 1, context.control.threads)
          return context.control.threads?.count == threads
        }
        return TrainingOutcome(.completed, durationSeconds: 0.1)
      }
    }
    let place = Workplace()
    let executor = ThreadExecutor([FakeTrainer()], cores: cores, threadsEach: threadsEach)
    let report = try SweepRunner(place.store(), executor).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
    #expect(report.ended == [.completed: wanted.count])
    return seen
  }

  @Test func aRunByItselfHasAllCores() throws {
    let seen = try train([4], cores: 4)
    #expect(seen[1].last == ThreadAllowance(4))
  }

  /// Two runs have two cores each; when one has ended the other gets four.
  @Test func whatIsLeftGetsTheCoresOfWhatHasEnded() throws {
    let seen = try train([2, 4], cores: 4)
    #expect(seen[2].contains(ThreadAllowance(2)))
    #expect(seen[2].last == ThreadAllowance(4))
  }

  /// The one core that is left over goes to the first.
  @Test func coresThatDoNotDivideAreAllShared() throws {
    let seen = try train([2, 3], cores: 3)
    #expect(seen[1].contains(ThreadAllowance(2)))
    #expect(seen[2].contains(ThreadAllowance(1)))
  }

  /// While other runs wait for a core none is given away.
  @Test func withARunForEveryCoreEachHasOne() throws {
    let seen = try train([1, 1, 1, 1, 1, 1], cores: 2)
    for seed in 1...2 { #expect(seen[seed].contains(ThreadAllowance(1))) }
  }

  @Test func aNumberThatIsAskedForIsTaken() throws {
    let seen = try train([3, 3], cores: 2, threadsEach: 3)
    for seed in 1...2 { #expect(seen[seed].last == ThreadAllowance(3, exactly: true)) }
  }
}
