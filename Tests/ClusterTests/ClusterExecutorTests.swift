import Cluster
import Foundation
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// Plans from hand-over to store.
@Suite struct ClusterExecutorTests {
  private static func run(
    _ sweeps: [SweepJobs], _ store: RunStore, _ launcher: any Launcher,
    _ change: (inout ClusterExecutor.Options) -> Void = { _ in }
  ) throws -> (RunReport, ClusterExecutor) {
    var options = TaskThreads.options(store.runsFolder)
    change(&options)
    let executor = ClusterExecutor(launcher, options)
    return (try SweepRunner(store, executor).run(sweeps, experiment: "cluster"), executor)
  }

  /// The same keys, points, best epochs and files as one thread here.
  @Test(arguments: [0.1, 2, 1000])
  func aPlanHasTheBitsOfOneThread(_ leastSeconds: Double) throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(rates: "[0.01, 0.1, 1e30]")
    let launcher = TaskThreads(PlanFixture.trainers)
    let (report, executor) = try Self.run(sweeps, store, launcher) {
      $0.limits.leastSeconds = leastSeconds
    }
    #expect(report.ended == [.completed: 4, .diverged: 2])
    #expect(
      launcher.submitted == [Array(0..<(leastSeconds == 0.1 ? 6 : leastSeconds == 2 ? 3 : 1))])
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
    try executor.close()
    #expect(PlanFolder.open(in: store.runsFolder).isEmpty)
    // Nothing is handed over again.
    #expect(try Self.run(sweeps, store, launcher).0.reused == 6)
    #expect(launcher.submitted.count == 1)
  }

  /// A command that hands over and ends; another one takes in.
  @Test func aDetachedPlanIsTakenUp() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(epochs: 1000, points: 100)
    let launcher = TaskThreads(PlanFixture.trainers)
    let (first, executor) = try Self.run(sweeps, store, launcher) { $0.detaches = true }
    #expect(executor.hasLeft && first.wasInterrupted)
    let (second, _) = try Self.run(sweeps, store, launcher)
    #expect(second.trained + second.reused == 4)
    #expect(launcher.submitted.count == 1)
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
  }

  /// Tasks that a scheduler ends go on from their checkpoints, to the same bits.
  @Test func tasksThatMustLeaveGoOn() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(
      epochs: 3000, seeds: 1, rates: "[0.01, 0.02]", points: 100)
    let launcher = TaskThreads(PlanFixture.trainers)
    Thread.detachNewThread {
      for _ in 0..<3 {
        usleep(100_000)
        launcher.preempt()
      }
    }
    let (report, _) = try Self.run(sweeps, store, launcher)
    #expect(report.ended[.completed] == 2)
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
  }

  /// The same of programs, which take their time: they go on at a later step, not anew.
  @Test func programsThatMustLeaveGoOn() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweep = try ProgramSweep(in: place.folder)
    let launcher = TaskThreads { [ProgramTrainer(pause: "0.2")] }
    let plans = store.runsFolder + "/" + PlanFolder.home
    Thread.detachNewThread {
      func hasState() -> Bool {
        PlanFolder.open(in: store.runsFolder).contains {
          let names = try? FileManager.default.contentsOfDirectory(atPath: $0.path + "/states")
          return names?.contains { $0.hasSuffix(".checkpoint") } ?? false
        }
      }
      while !hasState(), !(launcher.submitted.count == 1 && !launcher.isAtWork) { usleep(5_000) }
      launcher.preempt()
    }
    let (report, _) = try Self.run(sweep.jobs(), store, launcher)
    #expect(FileManager.default.fileExists(atPath: plans))
    #expect(report.ended == [.completed: 6])
    #expect(launcher.submitted.count > 1)
    #expect(report.resumed > 0)
    for run in try store.runs() {
      let curve = try #require(try store.curves(of: [run.id], [ProgramSweep.energy]).first)
      let rate = try #require(run.parameters["train.params.rate"]?.asNumber)
      #expect(curve.values == (1...ProgramSweep.lastStep(seed: run.seed)).map { rate * Double($0) })
    }
  }

  /// A task that cannot even begin: what Slurm says of it is the reason, after a second try.
  @Test func whatCannotBeginIsSaid() throws {
    let place = PlanFixture()
    let store = try place.store()
    let launcher = FailingLauncher()
    let (report, _) = try Self.run(try PlanFixture.sweeps(), store, launcher) {
      $0.limits.leastSeconds = 1000
    }
    #expect(launcher.count == 2)
    #expect(report.exitStatus == 1)
    #expect(report.hindrances.count == 1)
    #expect(report.hindrances[0].contains("Slurm says FAILED, exit 127:0"))
    #expect(report.hindrances[0].contains("labbook: not found"))
  }

  /// The folder of a plan alone brings a store back.
  @Test func segmentsRebuildAStore() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps()
    let launcher = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(sweeps, in: store, launcher)
    _ = try Self.run(sweeps, store, launcher)
    let rebuilt = try place.store("rebuilt")
    let importing = try PlanImport(plan)
    let report = try SweepRunner(rebuilt, importing.executor)
      .run(importing.sweeps, experiment: importing.plan.experiment)
    #expect(report.trained == 4)
    #expect(try PlanFixture.contents(rebuilt) == PlanFixture.contents(store))
    var query = RunQuery()
    query.sweep = "main"
    #expect(try rebuilt.runs(query).count == 4)
  }

  /// At whichever byte a segment is cut, what is whole before it is read, and nothing is damage.
  @Test func aSegmentIsReadAsFarAsItIsWhole() throws {
    let place = PlanFixture()
    let store = try place.store()
    let launcher = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(
      PlanFixture.sweeps(epochs: 20, seeds: 1, points: 50), in: store, launcher)
    let limit = Date(timeIntervalSinceNow: 300)
    while launcher.isAtWork, Date() < limit { usleep(5_000) }
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: plan.path + "/segments").sorted().first)
    let task = try #require(name.split(separator: ".").first.flatMap { Int($0) })
    let path = plan.path + "/segments/" + name
    let bytes = try Data(contentsOf: URL(filePath: path))
    let whole = try plan.wholeRecords(of: task)
    #expect(whole.count > 20 && whole.damages.isEmpty)
    // Blocks by their own lengths, which stand behind their four letters.
    var ends: Set<Int> = []
    var end = 0
    while end < bytes.count {
      end += 40 + (0..<4).reduce(0) { $0 | Int(bytes[end + 4 + $1]) << (8 * $1) }
      ends.insert(end)
    }
    #expect(end == bytes.count)
    var last = 0
    for length in 0...bytes.count {
      try bytes.prefix(length).write(to: URL(filePath: path))
      let found = try plan.wholeRecords(of: task)
      #expect(found.damages.isEmpty, "cut at byte \(length)")
      // More is read where a block ends, and nowhere else.
      #expect((found.count > last) == ends.contains(length), "cut at byte \(length)")
      last = found.count
    }
    #expect(last == whole.count)
  }

  /// Wherever a segment is cut, what is there is taken in, and nothing else.
  @Test func aCutSegmentIsTakenAsFarAsItGoes() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(epochs: 2, seeds: 1)
    let launcher = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(sweeps, in: store, launcher)
    _ = try Self.run(sweeps, store, launcher)
    let whole = try Set(PlanFixture.contents(store))
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: plan.path + "/segments").sorted().first)
    let path = plan.path + "/segments/" + name
    let bytes = try Data(contentsOf: URL(filePath: path))
    #expect(bytes.count > 1000)
    var last = 0
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) + [
      bytes.count
    ] {
      try bytes.prefix(length).write(to: URL(filePath: path))
      let cut = try place.store("cut-\(length)")
      defer { cut.close() }
      let importing = try PlanImport(plan)
      let report = try SweepRunner(cut, importing.executor)
        .run(importing.sweeps, experiment: "cluster")
      #expect(report.trained >= last)
      last = report.trained
      // A run that has ended is whole.
      for run in try cut.runs() where run.status.isResult {
        let found = try PlanFixture.contents(cut).filter { $0.hasPrefix(run.key) }
        #expect(whole.isSuperset(of: found))
      }
    }
    #expect(last == 2)
  }

  /// A byte that changed on its way ends a segment there; nothing wrong is taken in.
  @Test func aChangedByteIsNoticed() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(epochs: 2, seeds: 1)
    let launcher = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(sweeps, in: store, launcher)
    _ = try Self.run(sweeps, store, launcher)
    let whole = try Set(PlanFixture.contents(store))
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: plan.path + "/segments").sorted().first)
    let path = plan.path + "/segments/" + name
    let bytes = try Data(contentsOf: URL(filePath: path))
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
      var changed = bytes
      changed[place] ^= 0x20
      try changed.write(to: URL(filePath: path))
      let folder = PlanFixture()
      let store = try folder.store()
      let importing = try PlanImport(plan)
      _ = try SweepRunner(store, importing.executor).run(importing.sweeps, experiment: "cluster")
      for run in try store.runs() where run.status.isResult {
        let found = try PlanFixture.contents(store).filter { $0.hasPrefix(run.key) }
        #expect(whole.isSuperset(of: found), "byte \(place)")
      }
    }
  }

  /// A task that was thought dead and still writes does not spoil the attempt that replaced it.
  @Test func aReplacedAttemptIsNotHeard() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(epochs: 400, seeds: 1, rates: "[0.01]", points: 100)
    let launcher = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(sweeps, in: store, launcher)
    // The same task a second time while the first is at work.
    _ = try launcher.submit([0], of: plan, plan.plan())
    let (report, _) = try Self.run(sweeps, store, launcher)
    #expect(report.trained + report.reused == 1)
    let limit = Date(timeIntervalSinceNow: 300)
    while launcher.isAtWork, Date() < limit { usleep(20_000) }
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
    let rebuilt = try place.store("rebuilt")
    let importing = try PlanImport(plan)
    _ = try SweepRunner(rebuilt, importing.executor).run(importing.sweeps, experiment: "cluster")
    #expect(try PlanFixture.contents(rebuilt) == PlanFixture.expected(sweeps))
  }

  /// A folder into which others may write, or that is another's, is not worked on.
  @Test func aPlanOfOthersIsRefused() throws {
    let place = PlanFixture()
    let store = try place.store()
    let launcher = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(try PlanFixture.sweeps(), in: store, launcher)
    chmod(plan.path, 0o777)
    #expect(throws: LabbookError.self) { try PlanFolder(existing: plan.path) }
    chmod(plan.path, 0o700)
    #expect(throws: Never.self) { try PlanFolder(existing: plan.path) }
    let link = place.folder + "/link"
    symlink(plan.path, link)
    #expect(throws: LabbookError.self) { try PlanFolder(existing: link) }
    #expect(throws: LabbookError.self) { try PlanFolder(existing: place.folder) }
    #expect(throws: LabbookError.self) { try TaskWork(plan, task: 99, TaskWork.Options()) }
  }
}

/// A scheduler whose tasks all end before they begin.
private final class FailingLauncher: Launcher, @unchecked Sendable {
  private(set) var count = 0

  func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) throws -> String? {
    count += 1
    for task in tasks {
      try Data("batch.sh: line 9: labbook: not found\n".utf8)
        .write(to: URL(filePath: folder.log(of: task)))
    }
    return String(count)
  }

  func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState] {
    [0: .over("Slurm says FAILED, exit 127:0")]
  }
}
