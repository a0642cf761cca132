import Foundation
import RunStorage
import Testing
import Tracking

/// Stores and files that somebody deletes, moves or replaces while they are open.
@Suite struct StoreTakenAwayTests {
  private func isSaid(_ store: RunStore, _ words: String) {
    let error = #expect(throws: LabbookError.self) {
      try register(store, [request("other")])
    }
    #expect(error?.status == 1)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(throws: LabbookError.self) { try store.checkPlace() }
  }

  @Test func aDeletedOrMovedStoreIsNotWritten() throws {
    let place = Workplace()
    let store = try place.store()
    try store.checkPlace()
    try FileManager.default.moveItem(atPath: place.path, toPath: place.folder + "/moved")
    isSaid(store, "was deleted or moved")
    #expect(!FileManager.default.fileExists(atPath: place.path))
    try FileManager.default.moveItem(atPath: place.folder + "/moved", toPath: place.path)
    try store.checkPlace()
    try FileManager.default.removeItem(atPath: place.path)
    isSaid(store, "was deleted or moved")
  }

  @Test func aReplacedStoreIsNotWritten() throws {
    let place = Workplace()
    let store = try place.store()
    let copy = place.folder + "/copy"
    try FileManager.default.copyItem(atPath: place.path, toPath: copy)
    try #require(rename(copy, place.path) == 0)
    isSaid(store, "was replaced by another file")
  }

  @Test func aMovedFolderAndALinkThatLeadsElsewhereAreNoticed() throws {
    let place = Workplace()
    let inner = place.folder + "/a"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    let store = try RunStore(at: inner + "/s.sqlite", .create)
    let link = place.folder + "/link"
    symlink(inner + "/s.sqlite", link)
    let linked = try RunStore(at: link, .existing)
    unlink(link)
    symlink(place.folder + "/nowhere", link)
    isSaid(linked, "was deleted or moved")
    try FileManager.default.moveItem(atPath: inner, toPath: place.folder + "/b")
    isSaid(store, "was deleted or moved")
  }

  @Test func aStoreOfTwoNamesIsRefused() throws {
    let place = Workplace()
    try place.store().close()
    let twin = place.folder + "/twin.sqlite"
    try #require(link(place.path, twin) == 0)
    for path in [place.path, twin] {
      let error = #expect(throws: LabbookError.self) { try RunStore(at: path, .existing) }
      #expect(error?.message.contains("2 names of the same file") == true)
    }
    unlink(twin)
    _ = try place.store(.existing)
  }

  /// A finished run whose file is larger than what the store keeps itself.
  private func trained(_ store: RunStore) throws -> RunID {
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1)])
    try recorder.writeArtifact("weights", Data(repeating: 3, count: 100_000))
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    return run
  }

  @Test func aRunWithoutItsFilesIsTrainedAgain() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try trained(store)
    try store.checkFiles()
    #expect(try store.currentRuns(ofKeys: ["k"])["k"]?.isEnough(limit: nil) == true)
    let file = store.folder(of: run) + "/weights"
    try #require(truncate(file, 50_000) == 0)
    let found = try #require(try store.currentRuns(ofKeys: ["k"])["k"])
    #expect(found.lostFile == "weights" && !found.isEnough(limit: nil))
    #expect(throws: LabbookError.self) { try store.checkFiles(latestOnly: true) }
    try FileManager.default.removeItem(atPath: store.runsFolder)
    #expect(try register(store, [request("k")])[0].lostFile == "weights")
    #expect(throws: LabbookError.self) { try store.checkFiles() }
    // It can be claimed, so that it is trained; until then its result stays.
    withExtendedLifetime(try claimed(store.claim(run))) {}
    #expect(try store.run(run)?.status == .completed)
  }

  @Test func filesOfARemovedRunAreNotMissed() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try trained(store)
    _ = try store.remove([run])
    try store.checkFiles()
  }

  @Test func nothingIsWrittenOrRemovedThroughALink() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try trained(store)
    let far = place.folder + "/far"
    try FileManager.default.moveItem(atPath: store.runsFolder, toPath: far)
    symlink(far, store.runsFolder)
    #expect(store.runsFolderIsLink)
    #expect(try store.remove([run]).fileBytes == 0)
    #expect(FileManager.default.fileExists(atPath: "\(far)/\(run)/weights"))
    unlink(store.runsFolder)
    let again = try register(store, [request("k")])[0].id
    mkdir(store.runsFolder, 0o777)
    symlink("\(far)/\(run)", store.folder(of: again))
    _ = try store.remove([again])
    #expect(FileManager.default.fileExists(atPath: "\(far)/\(run)/weights"))
    try FileManager.default.removeItem(atPath: store.runsFolder)
    symlink(far, store.runsFolder)
    let error = #expect(throws: LabbookError.self) { try trained(store) }
    #expect(error?.message.contains("is a link") == true)
  }

  @Test func whatAKilledProcessLeftInARunsFolderGoes() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try trained(store)
    let folder = store.folder(of: run)
    let left = ["checkpoint", "checkpoint.4", "weights.tmp123", "lock"]
    let kept = ["checkpoint.old", "weights.tmp", "notes.txt"]
    for name in left + kept { try Data("x".utf8).write(to: URL(filePath: folder + "/" + name)) }
    let claim = try claimed(store.claim(try register(store, [request("l")])[0].id))
    let busy = store.folder(of: claim.run)
    try FileManager.default.createDirectory(atPath: busy, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: busy + "/checkpoint.1"))
    try store.removeLeftovers()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.sorted() == (kept + ["weights"]).sorted())
    #expect(FileManager.default.fileExists(atPath: busy + "/checkpoint.1"))
  }
}
