import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct StorePlaceTests {
  private func train(_ store: RunStore, _ key: String, bytes: Int) throws -> RunID {
    let run = try register(store, [request(key)])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1)])
    try recorder.writeArtifact("weights", Data(repeating: 3, count: bytes))
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    return run
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func itIsThatOfTheRealFile() throws {
    let place = Workplace()
    let far = Workplace()
    try place.store().close()
    let link = far.folder + "/link.sqlite"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: place.path)
    let linked = try RunStore(at: link, .existing)
    let run = try train(linked, "k", bytes: 100_000)
    linked.close()
    #expect(try names(far.folder) == ["link.sqlite"])
    #expect(try names(place.folder) == ["labbook.sqlite", "labbook.sqlite.runs"])
    #expect(try place.store().artifact("weights", of: run).count == 100_000)
  }

  /// Both ways must lead to one lock.
  @Test func aClaimHoldsThroughALink() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let link = place.folder + "/link.sqlite"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: place.path)
    let claim = try claimed(store.claim(run))
    guard case .busy = try RunStore(at: link, .existing).claim(run) else {
      Issue.record("claimed twice")
      return
    }
    withExtendedLifetime(claim) {}
  }

  @Test func theRunsFoldersMayLieElsewhere() throws {
    let place = Workplace()
    let far = Workplace()
    let runs = far.folder + "/runs"
    try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
    let store = try RunStore(at: place.path, .create, runsFolder: runs)
    let run = try train(store, "k", bytes: 100_000)
    store.close()
    #expect(try names(place.folder) == ["labbook.sqlite"])
    #expect(try names(runs + "/\(run)") == ["weights"])
    #expect(try place.store().artifact("weights", of: run).count == 100_000)
  }

  @Test func theLockFileIsThereOnlyWhileItIsNeeded() throws {
    let place = Workplace()
    let mine = try place.store()
    let theirs = try place.store()
    let runs = try register(mine, [request("a"), request("b")]).map(\.id)
    let claim = try claimed(mine.claim(runs[0]))
    let other = try claimed(theirs.claim(runs[1]))
    mine.close()
    // A claim outlives the closing of its store.
    guard case .busy = try theirs.claim(runs[0]) else {
      Issue.record("claimed twice")
      return
    }
    #expect(FileManager.default.fileExists(atPath: place.path + ".lock"))
    withExtendedLifetime((claim, other)) {}
  }

  @Test func aCopyIsWholeWhileTheStoreIsWritten() throws {
    let place = Workplace()
    let store = try place.store()
    let small = try train(store, "small", bytes: 10)
    let large = try train(store, "large", bytes: 100_000)
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1)])
    try writer.flush()
    let far = Workplace()
    try store.copy(to: far.path)
    #expect(throws: LabbookError.self) { try store.copy(to: far.path) }
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    let copy = try far.store(.existing)
    #expect(try copy.run(run)?.status == .interrupted)
    #expect(try copy.artifact("weights", of: small).count == 10)
    #expect(try copy.artifact("weights", of: large).count == 100_000)
    #expect(
      try copy.artifacts(of: large).map(\.path) == ["labbook.sqlite.runs/\(large)/weights"])
    copy.close()
    #expect(try names(far.folder) == ["labbook.sqlite", "labbook.sqlite.runs"])
    #expect(Witness(far.path).value("PRAGMA integrity_check") == "ok")
  }

  @Test func removingFollowsNoLink() throws {
    let place = Workplace()
    let far = Workplace()
    let store = try place.store()
    let run = try train(store, "k", bytes: 100_000)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: far.folder + "/weights"))
    try FileManager.default.removeItem(atPath: store.folder(of: run))
    try FileManager.default.createSymbolicLink(
      atPath: store.folder(of: run), withDestinationPath: far.folder)
    _ = try store.remove([run])
    #expect(try names(far.folder) == ["weights"])
  }
}
