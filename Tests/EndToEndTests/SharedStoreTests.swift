import Foundation
import RunStorage
import Testing
import Tracking

/// Several programs on one store, and stores that cannot be written.
@Suite struct SharedStoreTests {
  private static let file = """
    data: {source: spiral, points_per_class: 50, split: {val: 0.2}}
    models: {net: {mlp: {hidden: [16]}}}
    train: {batch_size: 16, epochs: 8}
    over: {lr: {log: [0.001, 0.1], count: 6}}
    seeds: 5
    """

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.file)
    return place
  }

  @Test func manyProcessesTrainEachRunOnceWhileOthersRead() throws {
    let count = ProcessInfo.processInfo.environment["LABBOOK_LONG_TESTS"] == nil ? 6 : 16
    let place = try place()
    #expect(try place.labbook("run", "e.yaml", "--only", "main", "--dry-run").status == 0)
    let tools = try (0..<count).map { number in
      try place.start([
        "run", "e.yaml", "--only", "main", "--jobs", "\(number % 2 + 1)",
      ])
    }
    let isMade = try tools[0].reaches { place.exists("labbook.sqlite") }
    #expect(isMade)
    // Another program reads all the while, in one transaction.
    let reader = try StoreWriter(place.store)
    for _ in 0..<60_000 {
      if (try? reader.execute("BEGIN; SELECT COUNT(*) FROM run_table")) != nil { break }
      try? reader.execute("ROLLBACK")
      usleep(1000)
    }
    var listings = 0
    while tools.contains(where: \.isRunning) {
      let listing = try place.labbook("runs", "--limit", "5")
      #expect(!listing.errors.contains("locked"), "\(listing.errors)")
      listings += listing.status == 0 ? 1 : 0
    }
    var trained = 0
    for tool in tools {
      let outcome = try tool.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!outcome.errors.contains("locked"))
      trained += outcome.errors.firstMatch(of: /([0-9]+) runs? trained/).flatMap { Int($0.1) } ?? 0
    }
    try reader.execute("ROLLBACK")
    #expect(trained == 30)
    #expect(listings > 0)
    let store = try RunStore(at: place.store, .existing)
    #expect(try store.runs().map(\.status) == Array(repeating: .completed, count: 30))
    let undisturbed = try self.place()
    #expect(try undisturbed.labbook("run", "e.yaml", "--only", "main", "--jobs", "3").status == 0)
    #expect(
      try contents(store) == contents(RunStore(at: undisturbed.store, .existing)))
  }

  @Test func anotherProgramsLockIsWaitedFor() throws {
    let place = try place()
    #expect(
      try place.labbook("run", "e.yaml", "--set", "train.seed=9", "--only", "main").status == 0)
    try place.write("f.yaml", Self.file.replacing("epochs: 8", with: "epochs: 9"))
    let writer = try StoreWriter(place.store)
    try writer.execute("BEGIN IMMEDIATE")
    let tool = try place.start(["run", "f.yaml", "--only", "main"])
    // It has opened the store; while others look at it again and again it waits.
    let descriptors = "/proc/\(tool.id)/fd"
    let isOpen = try tool.reaches {
      let names = try FileManager.default.contentsOfDirectory(atPath: descriptors)
      return names.contains {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: descriptors + "/" + $0))?
          .hasSuffix("/labbook.sqlite") == true
      }
    }
    #expect(isOpen)
    for _ in 0..<5 { #expect(try place.labbook("runs", "--limit", "1").status == 0) }
    #expect(tool.isRunning)
    #expect(try StoreReader(place.store).number("SELECT COUNT(*) FROM run_table") == 30)
    try writer.execute("COMMIT")
    let outcome = try tool.wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("30 runs trained"))
  }

  /// As on a full disk: no file may become larger than 400 KB.
  @Test func whatTheDiskDoesNotTakeIsSaidAndMadeUpForLater() throws {
    let place = try place()
    let much = Self.file.replacing("epochs: 8", with: "epochs: 60, log: {every: 1}")
    try place.write("e.yaml", much)
    let shell = try RunningTool(
      executable: "/bin/sh", ["-c", "ulimit -f 800; exec \"$0\" run e.yaml --only main", toolPath],
      folder: place.path, environment: [:])
    let outcome = try shell.wait()
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("labbook.sqlite' could not be written"))
    let reader = try StoreReader(place.store)
    #expect(try reader.text("PRAGMA integrity_check") == "ok")
    #expect(
      try reader.number("SELECT COUNT(*) FROM run_table WHERE status = 'completed'") ?? 30 < 30)
    #expect(place.files().allSatisfy { !$0.contains(".tmp") })
    #expect(try place.labbook("run", "e.yaml", "--only", "main").status == 0)
    let undisturbed = try self.place()
    try undisturbed.write("e.yaml", much)
    #expect(try undisturbed.labbook("run", "e.yaml", "--only", "main").status == 0)
    #expect(
      try contents(RunStore(at: place.store, .existing))
        == contents(RunStore(at: undisturbed.store, .existing)))
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aReadOnlyFolderIsReadAndNotWritten() throws {
    let place = try place()
    #expect(try place.labbook("run", "e.yaml", "--only", "main").status == 0)
    chmod(place.path, 0o555)
    defer { chmod(place.path, 0o755) }
    #expect(try place.labbook("runs").status == 0)
    let outcome = try place.labbook("run", "e.yaml", "--fresh")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--db"))
  }
}
