import Cluster
import Foundation
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// What a command leaves that could not write a plan, or not note what became of it.
@Suite struct PlanLeftoversTests {
  /// A plan that cannot be written leaves nothing beside the others.
  @Test func whatCannotBeWrittenIsTakenAway() throws {
    let place = PlanFixture()
    let home = place.folder + "/plans"
    func make() throws {
      let plan = WorkPlan(
        id: "20260101-000000-a", version: "test", kernels: "baseline", store: nil,
        experiment: "cluster", title: nil, sweeps: [], folder: place.folder, tasks: 1, cores: 1,
        checkpointSeconds: 10, limitSeconds: nil)
      _ = try PlanFolder(new: plan, [[]], in: home)
    }
    try make()
    // Its name is taken.
    #expect(throws: LabbookError.self) { try make() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: home) == ["20260101-000000-a"])
  }

  /// What a command that was killed has begun to write goes, and what another may be writing stays.
  @Test func whatWasNeverWholeGoes() throws {
    let place = PlanFixture()
    let home = place.folder + "/plans"
    for name in [".20250101-000000-a", ".20250101-000000-b"] {
      try FileManager.default.createDirectory(
        atPath: "\(home)/\(name)/orders", withIntermediateDirectories: true)
    }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -86_400)],
      ofItemAtPath: home + "/.20250101-000000-a")
    try ClusterExecutor(HandLauncher { _, _ in }, TaskThreads.options(place.folder)).close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: home) == [".20250101-000000-b"])
  }

  /// A folder that does not take the note of what was handed over: it is not handed over again.
  @Test func whatCannotBeNotedIsKeptInMind() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(
      epochs: 20_000, seeds: 1, rates: "[0.01, 0.02]", points: 100)
    let launcher = UnnotedTasks(TaskThreads(PlanFixture.trainers))
    let executor = ClusterExecutor(launcher, TaskThreads.options(store.runsFolder))
    let report = try SweepRunner(store, executor).run(sweeps, experiment: "cluster")
    #expect(report.ended == [.completed: 2])
    #expect(launcher.tasks.submitted.count == 1)
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
  }
}

/// A scheduler after whose answer nothing can be noted.
private final class UnnotedTasks: Launcher {
  let tasks: TaskThreads

  init(_ tasks: TaskThreads) { self.tasks = tasks }

  func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) throws -> String? {
    // Links are not followed.
    symlink("/nowhere/at/all", folder.path + "/jobs.jsonl")
    return try self.tasks.submit(tasks, of: folder, plan)
  }

  func look() -> Bool { tasks.look() }

  func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState] {
    tasks.states(of: job, folder)
  }
}

/// What is said of a plan at work that has other runs than its file asks for by now.
@Suite struct EditedFileTests {
  @Test func runsThatNobodyAsksForAreSaid() throws {
    let place = PlanFixture()
    let store = try place.store()
    let path = place.folder + "/log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: path))
    func hand(_ rates: String) throws -> String {
      let before = try file.offset()
      var options = TaskThreads.options(store.runsFolder)
      options.detaches = true
      options.settled = { _ in [] }
      let executor = ClusterExecutor(HandLauncher { _, _ in }, options)
      _ = try SweepRunner(store, executor).run(
        PlanFixture.sweeps(seeds: 1, rates: rates), experiment: "cluster",
        printer: ProgressPrinter(descriptor: file.fileDescriptor, environment: [:]))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return String(text.dropFirst(Int(before)))
    }
    _ = try hand("[0.01, 0.02, 0.03]")
    #expect(try hand("[0.01, 0.02, 0.03]").contains("which is at work already\n"))
    #expect(
      try hand("[0.01, 0.02]").contains("already; a run of it is not asked for here, and goes on\n")
    )
    #expect(
      try hand("[0.03]").contains("already; 2 runs of it are not asked for here, and go on\n"))
    // The plan goes on as it is: nothing was handed over again.
    #expect(PlanFolder.open(in: store.runsFolder).count == 1)
  }
}
