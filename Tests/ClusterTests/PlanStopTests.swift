import Cluster
import Foundation
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// Stopping what is at work, and what waits for a machine.
@Suite struct PlanStopTests {
  private static func executor(
    _ store: RunStore, _ launcher: any Launcher, detaches: Bool = false
  ) -> ClusterExecutor {
    var options = TaskThreads.options(store.runsFolder)
    options.detaches = detaches
    options.settled = { keys in
      Set(try store.currentRuns(ofKeys: keys).filter(\.value.status.isResult).keys)
    }
    options.halted = { keys in
      Set(try store.currentRuns(ofKeys: keys).filter(\.value.isHalted).keys)
    }
    return ClusterExecutor(launcher, options)
  }

  private static func run(
    _ sweeps: [SweepJobs], _ store: RunStore, _ executor: ClusterExecutor
  ) throws -> RunReport {
    let report = try SweepRunner(store, executor).run(sweeps, experiment: "cluster")
    try executor.close()
    return report
  }

  /// What `labbook stop` does with all runs of a store.
  private static func stop(_ store: RunStore, _ launcher: any Launcher) throws -> PlanStop? {
    let runs = try store.runs().filter { !$0.status.isResult }
    let plan = try #require(PlanFolder.open(in: store.runsFolder).first)
    let stop = try PlanStop(Set(runs.map(\.key)), in: plan, launcher) { keys in
      Set(try store.currentRuns(ofKeys: keys).filter(\.value.status.isResult).keys)
    }
    let back = stop?.takenBack ?? []
    try store.requestStop(
      of: runs.map(\.id), elsewhere: Set(runs.filter { !back.contains($0.key) }.map(\.id)))
    return stop
  }

  /// Waits until a task has saved a state.
  private static func awaitState(_ store: RunStore) throws {
    let plans = store.runsFolder + "/" + PlanFolder.home
    for _ in 0..<60_000 {
      for plan in (try? FileManager.default.contentsOfDirectory(atPath: plans)) ?? [] {
        let states = try? FileManager.default.contentsOfDirectory(atPath: "\(plans)/\(plan)/states")
        if states?.contains(where: { $0.hasSuffix(".checkpoint") }) ?? false { return }
      }
      usleep(5_000)
    }
    Issue.record("no task has saved a state")
  }

  private static func sweeps() throws -> [SweepJobs] {
    try PlanFixture.sweeps(epochs: 120_000, seeds: 2, rates: "[0.01, 0.02]", points: 100)
  }

  /// What waits is taken back and never handed over again; what is at work ends with what it measured.
  @Test(arguments: [true, false])
  func whatWaitsIsTakenBack(_ detaches: Bool) throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try Self.sweeps()
    let launcher = WaitingTasks(room: 1, TaskThreads(PlanFixture.trainers))
    let first = Self.executor(store, launcher, detaches: detaches)
    let report: RunReport
    if detaches {
      _ = try Self.run(sweeps, store, first)
      try Self.awaitState(store)
      let stop = try #require(try Self.stop(store, launcher))
      #expect(stop.asked == 4 && stop.runs == 4 && stop.takenBack.count == 3)
      #expect(try store.runs().filter { $0.status == .stopped }.count == 3)
      report = try Self.run(sweeps, store, Self.executor(store, launcher))
    } else {
      let stopping = try WorkThreadForTests {
        try Self.awaitState(store)
        _ = try Self.stop(store, launcher)
      }
      report = try Self.run(sweeps, store, first)
      try stopping.join()
    }
    #expect(launcher.takenBack == [1, 2, 3])
    #expect(launcher.tasks.submitted == [[0]])
    #expect(report.hindrances.isEmpty && report.failures.isEmpty)
    let runs = try store.runs()
    #expect(runs.map(\.status) == Array(repeating: .stopped, count: 4))
    #expect(runs.filter { !$0.metrics.isEmpty }.count == 1)
    #expect(PlanFolder.open(in: store.runsFolder).isEmpty)
  }

  /// A run that a user lets go on goes on from where it was stopped, in a plan of its own.
  @Test func whatIsLetGoOnGoesOn() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(
      epochs: 60_000, seeds: 1, rates: "[0.01, 0.02]", points: 100)
    let launcher = WaitingTasks(room: 1, TaskThreads(PlanFixture.trainers))
    _ = try Self.run(sweeps, store, Self.executor(store, launcher, detaches: true))
    try Self.awaitState(store)
    _ = try Self.stop(store, launcher)
    _ = try Self.run(sweeps, store, Self.executor(store, launcher))
    try store.letGoOn(try store.runs().map(\.id))
    let tasks = TaskThreads(PlanFixture.trainers)
    let report = try Self.run(sweeps, store, Self.executor(store, tasks))
    #expect(report.ended == [.completed: 2])
    #expect(report.resumed == 1)
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
  }

  /// Tasks that no scheduler has, and nobody has begun, are not waited for.
  @Test func whatNobodyBeganIsStopped() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(seeds: 1)
    let launcher = HandLauncher { _, _ in }
    _ = try Self.run(sweeps, store, Self.executor(store, launcher, detaches: true))
    let stop = try #require(try Self.stop(store, launcher))
    #expect(stop.takenBack.count == 2)
    #expect(try store.runs().map(\.status) == [.stopped, .stopped])
    #expect(try Self.run(sweeps, store, Self.executor(store, launcher)).exitStatus == 0)
  }
}

/// A thread that throws when it is joined.
private final class WorkThreadForTests: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var error: (any Error)?

  init(_ body: @escaping @Sendable () throws -> Void) throws {
    Thread.detachNewThread { [self] in
      do { try body() } catch { self.error = error }
      done.signal()
    }
  }

  func join() throws {
    done.wait()
    if let error { throw error }
  }
}
