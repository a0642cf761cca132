import Foundation
import Machine
import RunStorage
import Testing
import Tracking

/// Stores on network file systems, of several machines.
@Suite struct NetworkStoreTests {
  private static func host(_ name: String, boot: String? = nil) -> HostIdentity {
    HostIdentity(name: name, boot: boot ?? "boot of \(name)", machine: "machine \(name)")
  }

  /// A store as a machine sees it that shares the folder with others.
  private static func open(
    _ place: Workplace, on host: HostIdentity, renewal: Double = 0.02, silence: Double = 600
  ) throws -> RunStore {
    var sharing = StoreSharing(fileSystem: "NFS", host: host)
    (sharing.renewalSeconds, sharing.silenceSeconds) = (renewal, silence)
    return try RunStore(at: place.path, .create, sharing: sharing)
  }

  private static func train(_ store: RunStore, _ key: String) throws -> RunID {
    let run = try register(store, [request(key)])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 0.5)])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    return run
  }

  private static func names(_ place: Workplace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: place.folder).sorted()
  }

  private static func lease(_ place: Workplace) -> URL { URL(filePath: place.path + ".host") }

  @Test func itHasNoLogThatProcessesShare() throws {
    let place = Workplace()
    let store = try Self.open(place, on: Self.host("a"))
    let run = try Self.train(store, "k")
    #expect(Witness(place.path).value("PRAGMA journal_mode") == "delete")
    #expect(
      try Self.names(place) == ["labbook.sqlite", "labbook.sqlite.host", "labbook.sqlite.lock"])
    #expect(try store.run(run)?.status == .completed)
    #expect(store.remarkOnPlace?.contains("lies on NFS") == true)
    store.close()
    #expect(try Self.names(place) == ["labbook.sqlite"])
    #expect(Witness(place.path).value("PRAGMA integrity_check") == "ok")
  }

  /// Where one connection reads and writes, SQLite tells it of the changes of others alone.
  @Test func whatThisProcessWritesIsAChangeToo() throws {
    let place = Workplace()
    let store = try Self.open(place, on: Self.host("a"))
    var marks: Set<Int64> = [try store.dataVersion()]
    let run = try Self.train(store, "k")
    #expect(marks.insert(try store.dataVersion()).inserted)
    try store.tag(run, "x")
    #expect(marks.insert(try store.dataVersion()).inserted)
    _ = try store.runs()
    #expect(!marks.insert(try store.dataVersion()).inserted)
    store.close()
  }

  /// What lies in the log when the file comes to another place is not lost, there and back.
  @Test func aStoreMovesBetweenDisks() throws {
    let place = Workplace()
    let local = try place.store()
    let first = try Self.train(local, "first")
    #expect(local.remarkOnPlace == nil)
    // As it is copied while it is open: its log has what the file lacks.
    let far = Workplace()
    for tail in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: place.path + tail, toPath: far.path + tail)
    }
    local.close()
    let there = try Self.open(far, on: Self.host("a"))
    #expect(try there.run(first)?.status == .completed)
    let second = try Self.train(there, "second")
    there.close()
    #expect(try Self.names(far) == ["labbook.sqlite"])
    let back = try far.store()
    #expect(Witness(far.path).value("PRAGMA journal_mode") == "wal")
    for run in [first, second] { #expect(try back.run(run)?.status == .completed) }
  }

  @Test func anotherMachineIsToldWhichHasIt() throws {
    let place = Workplace()
    let mine = try Self.open(place, on: Self.host("cedar"))
    let error = #expect(throws: LabbookError.self) { try Self.open(place, on: Self.host("birch")) }
    let who = "in use by labbook on 'cedar' (process \(getpid()), since"
    #expect(error?.message.contains(who) == true)
    #expect(error?.message.contains("this is 'birch'") == true)
    #expect(error?.hint.contains("run this there") == true)
    _ = try Self.train(mine, "k")
    mine.close()
    let theirs = try Self.open(place, on: Self.host("birch"))
    #expect(try theirs.runs().count == 1)
  }

  /// Processes of one machine share it, and the last one gives it back.
  @Test func processesOfOneMachineShareIt() throws {
    let place = Workplace()
    let one = try Self.open(place, on: Self.host("a"))
    let other = try Self.open(place, on: Self.host("a"))
    let run = try register(one, [request("k")])[0].id
    let claim = try claimed(one.claim(run))
    guard case .busy = try other.claim(run) else {
      Issue.record("claimed twice")
      return
    }
    withExtendedLifetime(claim) {}
    one.close()
    #expect(throws: LabbookError.self) { try Self.open(place, on: Self.host("b")) }
    _ = try Self.train(other, "other")
    other.close()
    #expect(!FileManager.default.fileExists(atPath: Self.lease(place).path))
  }

  /// Of a machine that died somebody must know it: nothing is guessed.
  @Test func aMachineThatFellSilentIsNamed() throws {
    let place = Workplace()
    let dead = try Self.open(place, on: Self.host("cedar"))
    let sign = try Data(contentsOf: Self.lease(place))
    dead.close()
    try sign.write(to: Self.lease(place))
    let birch = Self.host("birch")
    let error = #expect(throws: LabbookError.self) {
      try Self.open(place, on: birch, silence: 0.2)
    }
    #expect(error?.message.contains("last used by labbook on 'cedar'") == true)
    #expect(error?.hint.contains("remove '\(Self.lease(place).path)'") == true)
    try FileManager.default.removeItem(at: Self.lease(place))
    let store = try Self.open(place, on: birch, silence: 0.2)
    _ = try Self.train(store, "k")
  }

  /// After its next start no process of a machine is left that had it.
  @Test func aMachineThatStartedAgainGoesOn() throws {
    let place = Workplace()
    let dead = try Self.open(place, on: Self.host("a", boot: "monday"))
    let sign = try Data(contentsOf: Self.lease(place))
    dead.close()
    try sign.write(to: Self.lease(place))
    let store = try Self.open(place, on: Self.host("a", boot: "tuesday"), silence: 0.2)
    _ = try Self.train(store, "k")
    #expect(throws: LabbookError.self) { try Self.open(place, on: Self.host("b")) }
  }

  /// A file that nobody wrote to the end stands for nobody; one that says nothing known for somebody.
  @Test func aFileThatNamesNobody() throws {
    let place = Workplace()
    try Data().write(to: Self.lease(place))
    try Self.open(place, on: Self.host("a"), silence: 0.1).close()
    for text in ["{}", "\u{1B}[2J", String(repeating: "x", count: 5000)] {
      try Data(text.utf8).write(to: Self.lease(place))
      let error = #expect(throws: LabbookError.self) {
        try Self.open(place, on: Self.host("a"), silence: 0.1)
      }
      #expect(error?.message.contains("somebody whose name cannot be read") == true)
    }
    // A link leads nowhere.
    try FileManager.default.removeItem(at: Self.lease(place))
    symlink("/nowhere", Self.lease(place).path)
    #expect(throws: LabbookError.self) { try Self.open(place, on: Self.host("a"), silence: 0.1) }
  }

  /// A machine that slept meanwhile writes nothing once another one has the store.
  @Test func whoLostItWritesNothing() throws {
    let place = Workplace()
    let far = Workplace()
    let sleeper = try Self.open(place, on: Self.host("a"), silence: 0.2)
    let run = try register(sleeper, [request("k")])[0].id
    let other = try Self.open(far, on: Self.host("b"))
    let sign = try Data(contentsOf: Self.lease(far))
    other.close()
    try FileManager.default.removeItem(at: Self.lease(place))
    // The file is made anew where nobody else has made it.
    var waits = 0
    while !FileManager.default.fileExists(atPath: Self.lease(place).path), waits < 10_000 {
      try sleeper.tag(run, "seen")
      waits += 1
    }
    #expect(try sleeper.run(run)?.tags == ["seen"])
    try sign.write(to: Self.lease(place))
    var refusal: LabbookError?
    for _ in 0..<10_000 where refusal == nil {
      do { try sleeper.tag(run, "late") } catch let error as LabbookError { refusal = error }
    }
    #expect(refusal?.message.contains("labbook on 'b'") == true)
  }

  /// A folder of this machine's disk is none of a network.
  @Test func thisDiskIsLocal() throws {
    let place = Workplace()
    try #require(NetworkFileSystem(of: place.folder) == nil)
    let store = try place.store()
    #expect(store.remarkOnPlace == nil)
    #expect(try Self.names(place).contains("labbook.sqlite-wal"))
  }
}
