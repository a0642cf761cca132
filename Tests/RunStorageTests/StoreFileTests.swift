import Foundation
import RunStorage
import Synchronization
import Testing
import Tracking

@Suite struct StoreFileTests {
  private func message(_ path: String, _ mode: RunStore.Access = .create) -> String {
    do {
      _ = try RunStore(at: path, mode)
      return "opened"
    } catch let error as LabbookError {
      return "\(error.status) \(error.message)"
    } catch {
      return "another error: \(error)"
    }
  }

  @Test func aFolderIsNoStore() {
    let place = Workplace()
    #expect(message(place.folder) == "2 '\(place.folder)' is a folder, not a Labbook store")
  }

  @Test func aDeviceIsNoStore() {
    #expect(message("/dev/null") == "2 '/dev/null' is not a file, so not a Labbook store")
  }

  @Test func theFolderMustExist() {
    let place = Workplace()
    let path = place.folder + "/a/b.sqlite"
    #expect(
      message(path)
        == "2 the store '\(path)' cannot be made: the folder '\(place.folder)/a' does not exist")
  }

  @Test func aFolderThatCannotBeWrittenSaysSo() {
    let path = "/proc/labbook.sqlite"
    #expect(message(path).contains("cannot be"), "\(message(path))")
    #expect(message(path).hasPrefix("2 "))
  }

  @Test func lookingMakesNoStore() {
    let place = Workplace()
    #expect(message(place.path, .existing) == "2 there is no store at '\(place.path)'")
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }

  @Test func anotherFileIsLeftAsItWas() throws {
    let place = Workplace()
    let text = Data("epochs: 20, and many more words than a header has".utf8)
    try text.write(to: URL(fileURLWithPath: place.path))
    #expect(message(place.path) == "2 '\(place.path)' is not a Labbook store")
    #expect(FileManager.default.contents(atPath: place.path) == text)
  }

  @Test func anotherProgramsDatabaseIsLeftAsItWas() {
    let place = Workplace()
    Witness(place.path).run("CREATE TABLE cakes (name TEXT)")
    let before = FileManager.default.contents(atPath: place.path)
    #expect(
      message(place.path)
        == "2 '\(place.path)' is an SQLite file of another program, not a Labbook store")
    #expect(FileManager.default.contents(atPath: place.path) == before)
  }

  @Test func aDamagedFileIsNamed() throws {
    let place = Workplace()
    try place.store().close()
    let handle = try #require(FileHandle(forWritingAtPath: place.path))
    try handle.seek(toOffset: 40)
    try handle.write(contentsOf: Data(repeating: 0xAB, count: 8_000))
    try handle.close()
    let found = message(place.path)
    #expect(found.contains("'\(place.path)'"), "\(found)")
    #expect(found != "opened")
  }

  @Test func aNewerStoreIsRefused() throws {
    let place = Workplace()
    try place.store().close()
    Witness(place.path).run("PRAGMA user_version = 99")
    #expect(message(place.path).hasPrefix("2 the store '\(place.path)' has version 99, and this"))
  }

  @Test func anEmptyFileBecomesAStore() throws {
    let place = Workplace()
    try Data().write(to: URL(fileURLWithPath: place.path))
    try place.store().close()
    #expect(Witness(place.path).value("SELECT COUNT(*) FROM run_table") == "0")
  }

  @Test(arguments: ["file:a?mode=memory", ":memory:", "it's \"50 %\" 📓.sqlite"])
  func pathsAreTakenAsWritten(_ name: String) throws {
    let place = Workplace()
    let path = place.folder + "/" + name
    let store = try RunStore(at: path, .create)
    try register(store, [request("k")])
    store.close()
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(try RunStore(at: path, .existing).count() == 1)
  }

  /// Several times: whoever opens the file while its tables appear must not take it for another
  /// program's.
  @Test(arguments: 1...20) func manyMayMakeTheStoreAtOnce(_ round: Int) throws {
    let place = Workplace()
    let path = place.path
    let errors = Mutex<[any Error]>([])
    let group = DispatchGroup()
    for index in 0..<6 {
      group.enter()
      Thread.detachNewThread {
        do {
          let store = try RunStore(at: path, .create)
          try register(store, [request("k\(index)")])
          store.close()
        } catch { errors.withLock { $0.append(error) } }
        group.leave()
      }
    }
    group.wait()
    #expect(errors.withLock { $0 }.isEmpty, "\(errors.withLock { $0 })")
    #expect(Witness(path).value("SELECT COUNT(*) FROM run_table") == "6")
  }

  @Test func aWriterOfAnotherProgramIsWaitedFor() throws {
    let place = Workplace()
    let store = try place.store()
    let witness = Witness(place.path)
    #expect(witness.run("BEGIN IMMEDIATE"))
    let state = Mutex("waits")
    let group = DispatchGroup()
    group.enter()
    Thread.detachNewThread {
      do {
        try register(store, [request("k")])
        state.withLock { $0 = "registered" }
      } catch { state.withLock { $0 = "\(error)" } }
      group.leave()
    }
    // Readers are not held up, and find nothing however often they look.
    for _ in 0..<2_000 { #expect(try store.count() == 0) }
    #expect(state.withLock { $0 } == "waits")
    #expect(witness.run("COMMIT"))
    group.wait()
    #expect(state.withLock { $0 } == "registered")
    #expect(try store.count() == 1)
  }

  @Test(arguments: [1, 2, 3, 7])
  func everyVersionIsReadAndMigrated(_ version: Int) throws {
    let place = Workplace()
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/version-\(version).sql")
    let sql = try String(contentsOf: fixture, encoding: .utf8)
    #expect(Witness(place.path).run(sql))
    let store = try place.store(.existing)
    let runs = try store.runs()
    #expect(runs.map(\.status) == [.completed, .diverged, .planned])
    #expect(runs[0].parameters["train.lr"] == .number(0.001))
    #expect(runs[0].parameters["models.hidden layer.mlp.hidden"] == .list([.integer(100)]))
    #expect(runs[0].metrics[.valLoss]?.best == 0.25)
    #expect(try store.curves(of: [runs[0].id], [.valLoss]).map(\.values) == [[1.5, 0.25, 0.5]])
    #expect(try store.environment(of: runs[0].id)["version"] == "0.1.0")
    #expect(try store.artifacts(of: runs[0].id).map(\.name) == ["final.safetensors"])
    #expect(try store.continuation(of: "none", updates: 1) == nil)
    #expect(runs[0].tags == (version < 3 ? [] : ["baseline"]))
    #expect(runs[0].note == (version < 3 ? nil : "the first"))
    try store.tag(runs[1].id, "mended")
    #expect(try store.run(runs[1].id)?.tags == ["mended"])
    store.close()
  }
}

extension Witness: @unchecked Sendable {}
