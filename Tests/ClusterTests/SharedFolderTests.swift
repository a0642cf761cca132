import Cluster
import Foundation
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// What a folder that several machines or stores share shows, and how.
@Suite struct SharedFolderTests {
  /// Of two stores that keep their runs in one folder none takes in what the other has handed over.
  @Test func plansOfAnotherStoreAreLeftToIt() throws {
    let place = PlanFixture()
    let runs = place.folder + "/runs"
    try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
    let sweeps = try PlanFixture.sweeps(seeds: 1)
    func store(_ name: String) throws -> RunStore {
      try RunStore(at: "\(place.folder)/\(name).sqlite", .create, runsFolder: runs)
    }
    func run(
      _ store: RunStore, _ launcher: any Launcher, detaches: Bool = false
    ) throws -> RunReport {
      var options = TaskThreads.options(runs)
      (options.store, options.detaches) = (store.file, detaches)
      let executor = ClusterExecutor(launcher, options)
      let report = try SweepRunner(store, executor).run(sweeps, experiment: "cluster")
      try executor.close()
      return report
    }
    let (first, second) = (try store("first"), try store("second"))
    let tasks = TaskThreads(PlanFixture.trainers)
    _ = try run(first, tasks, detaches: true)
    let others = TaskThreads(PlanFixture.trainers)
    #expect(try run(second, others).trained == 2)
    #expect(others.submitted.count == 1)
    let last = try run(first, tasks)
    #expect(last.trained + last.reused == 2)
    #expect(tasks.submitted.count == 1)
    let expected = try PlanFixture.expected(sweeps)
    for store in [first, second] { #expect(try PlanFixture.contents(store) == expected) }
  }

  /// A file server may show a segment's size before what was written: what is nothing yet is no damage.
  @Test func bytesThatComeLaterAreTaken() throws {
    let place = PlanFixture()
    let store = try place.store()
    let sweeps = try PlanFixture.sweeps(epochs: 6, seeds: 1)
    let tasks = TaskThreads(PlanFixture.trainers)
    let plan = try place.plan(sweeps, in: store, tasks)
    let end = Date(timeIntervalSinceNow: 300)
    while tasks.isAtWork, Date() < end { usleep(5_000) }
    // Of the last segment the second half is nothing yet.
    let segments = plan.path + "/segments"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: segments).sorted().last)
    let file = URL(filePath: segments + "/" + name)
    let whole = try Data(contentsOf: file)
    let half = whole.count / 2
    try (whole.prefix(half) + Data(count: whole.count - half)).write(to: file)
    Thread.detachNewThread {
      // Once what is there has come.
      for _ in 0..<60_000 {
        if let runs = try? store.runs(), runs.contains(where: { $0.status == .completed }) { break }
        usleep(5_000)
      }
      usleep(300_000)
      try? whole.write(to: file)
    }
    let report = try SweepRunner(
      store, ClusterExecutor(HandLauncher { _, _ in }, TaskThreads.options(store.runsFolder))
    ).run(sweeps, experiment: "cluster")
    #expect(report.trained + report.reused == 2 && report.exitStatus == 0)
    #expect(try PlanFixture.contents(store) == PlanFixture.expected(sweeps))
  }

  /// A store on a network file system takes in what tasks write while threads here train into it too.
  @Test func aStoreThereHasTheSameBits() throws {
    let place = PlanFixture()
    let sweeps = try PlanFixture.sweeps(rates: "[0.01, 0.1, 1e30]")
    let expected = try PlanFixture.expected(sweeps)
    func store(_ name: String) throws -> RunStore {
      try RunStore(
        at: "\(place.folder)/\(name).sqlite", .create, sharing: StoreSharing(fileSystem: "NFS"))
    }
    let near = try store("near")
    _ = try SweepRunner(near, ThreadExecutor(PlanFixture.trainers(), cores: 3))
      .run(sweeps, experiment: "cluster")
    #expect(try PlanFixture.contents(near) == expected)
    let far = try store("far")
    _ = try SweepRunner(
      far,
      ClusterExecutor(TaskThreads(PlanFixture.trainers), TaskThreads.options(far.runsFolder))
    ).run(sweeps, experiment: "cluster")
    #expect(try PlanFixture.contents(far) == expected)
  }
}
