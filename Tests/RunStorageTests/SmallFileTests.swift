import Foundation
import RunStorage
import Runs
import Testing
import Tracking

@Suite struct SmallFileTests {
  private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  /// Trains a run that leaves some files.
  @discardableResult
  private func train(
    _ store: RunStore, _ key: String, _ files: [(String, Data)], as status: RunStatus = .completed
  ) throws -> RunID {
    let run = try register(store, [request(key)])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    for (name, data) in files { try recorder.writeArtifact(name, data) }
    recorder.finish(status, durationSeconds: 1)
    try writer.close()
    return run
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func theyAreRowsOfTheStoreAndNothingIsLeftBesideIt() throws {
    let place = Workplace()
    let store = try place.store()
    let big = Data((0..<3_000).map { UInt8($0 % 251) })
    let run = try train(
      store, "k", [("a", Data("abc".utf8)), ("w", big), ("empty", Data()), ("best", big)])
    let rows = Witness(place.path).rows(
      "SELECT name, path, bytes, sha256, hex(content) FROM run_artifacts ORDER BY name")
    #expect(rows.map { $0[0] } == ["a", "best", "empty", "w"])
    #expect(rows.map { $0[1] } == [nil, nil, nil, nil])
    #expect(rows[0] == ["a", nil, "3", Self.abc, "616263"])
    #expect(rows[3][2] == "3000")
    #expect(rows[3][4] == big.map { String(format: "%02X", $0) }.joined())
    #expect(try store.artifact("a", of: run) == Data("abc".utf8))
    #expect(try store.artifact("w", of: run) == big)
    #expect(try store.artifact("best", of: run) == big)
    #expect(try store.artifact("empty", of: run) == Data())
    store.close()
    #expect(try names(place.folder) == ["labbook.sqlite"])
  }

  @Test func equalBytesAreKeptOnceAndGoWithTheLastRun() throws {
    let place = Workplace()
    let store = try place.store()
    let weights = (0..<3).map { Data(repeating: UInt8($0 + 1), count: 2_000) }
    let shared = Data("layers".utf8)
    let runs = try (0..<3).map {
      try train(store, "k\($0)", [("weights", weights[$0]), ("network", shared)])
    }
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM contents") == "4")
    #expect(witness.value("SELECT SUM(length(data)) FROM packs") == "6006")
    _ = try store.remove([runs[0]])
    #expect(witness.value("SELECT SUM(length(data)) FROM packs") == "4006")
    #expect(try store.artifact("network", of: runs[1]) == shared)
    #expect(try store.artifact("weights", of: runs[2]) == weights[2])
    _ = try store.remove([runs[1], runs[2]])
    #expect(witness.value("SELECT COUNT(*) FROM contents") == "0")
    #expect(witness.value("SELECT COUNT(*) FROM packs") == "0")
  }

  @Test(arguments: [(64 << 10, true), ((64 << 10) + 1, false)])
  func whatIsLargeTogetherLiesInFiles(_ bytes: Int, _ isSmall: Bool) throws {
    let place = Workplace()
    let store = try place.store()
    let data = Data(repeating: 9, count: bytes - 3)
    let run = try train(store, "k", [("a", Data("abc".utf8)), ("big", data)])
    #expect(try store.artifact("big", of: run) == data)
    #expect(try store.artifact("a", of: run) == Data("abc".utf8))
    #expect(FileManager.default.fileExists(atPath: store.folder(of: run)) != isSmall)
    let path = "labbook.sqlite.runs/\(run)/a"
    #expect(try store.artifacts(of: run).map(\.path)[0] == (isSmall ? nil : path))
    if isSmall { return }
    try Data("abd".utf8).write(to: URL(fileURLWithPath: place.folder + "/" + path))
    #expect(throws: LabbookError.self) { try store.artifact("a", of: run) }
  }

  @Test func damageIsSeen() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try train(store, "k", [("a", Data("abc".utf8))])
    #expect(Witness(place.path).run("UPDATE packs SET data = x'616264'"))
    #expect(throws: LabbookError.self) { try store.artifact("a", of: run) }
  }

  @Test func aRunThatIsTrainedAgainReplacesItsFiles() throws {
    let place = Workplace()
    let store = try place.store()
    try train(
      store, "k", [("a", Data("abc".utf8)), ("b", Data("b".utf8))], as: .failed)
    let writer = RunWriter(store)
    let run = try register(store, [request("k")])[0].id
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    try recorder.writeArtifact("a", Data("new".utf8))
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    #expect(try store.artifacts(of: run).map(\.name) == ["a"])
    #expect(try store.artifact("a", of: run) == Data("new".utf8))
    #expect(Witness(place.path).value("SELECT COUNT(*) FROM contents") == "1")
  }

  /// A stopped run that goes on later keeps its checkpoint, and leaves no folder for it.
  @Test func theCheckpointOfAStoppedRunIsARowToo() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    for (step, status) in [(1, RunStatus.stopped), (2, .stopped), (3, .completed)] {
      let writer = RunWriter(store)
      let claim = try claimed(store.claim(run))
      let recorder = writer.recorder(for: claim, start: nil)
      let saved = claim.isAgain ? try store.checkpoint(of: run) : nil
      #expect(saved?.checkpoint.step == (step == 1 ? nil : step - 1))
      recorder.begin(saved?.start ?? .anew)
      recorder.record([point("val/loss", step, Double(step))])
      recorder.writeCheckpoint(
        {
          Checkpoint(
            step: step, epoch: step, best: nil, points: step, maker: "here", state: Data([7]))
        }, failed: { Issue.record($0) })
      recorder.finish(status, durationSeconds: 1)
      try writer.close()
      #expect(!FileManager.default.fileExists(atPath: store.folder(of: run)))
    }
    #expect(try store.curves(of: [run], [.valLoss]).first?.values == [1, 2, 3])
    #expect(Witness(place.path).value("SELECT COUNT(*) FROM checkpoints") == "0")
  }

  /// Weights that were kept after an epoch for a figure outlive an interruption after it, and not one
  /// before it.
  @Test func weightsOfAnEarlierEpochStayWhereARunGoesOn() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1), point("val/loss", 2, 2)])
    for epoch in [1, 3] {
      try recorder.writeArtifact(RunFile.weights(ofEpoch: epoch), Data("\(epoch)".utf8))
    }
    recorder.writeCheckpoint(
      { Checkpoint(step: 2, epoch: 2, best: nil, points: 2, maker: "here", state: Data()) },
      failed: { Issue.record($0) })
    recorder.finish(.interrupted, durationSeconds: 1)
    try writer.close()
    let again = RunWriter(store)
    let second = again.recorder(for: try claimed(store.claim(run)), start: nil)
    second.begin(try #require(try store.checkpoint(of: run)).start)
    second.finish(.completed, durationSeconds: 1)
    try again.close()
    #expect(try store.artifacts(of: run).map(\.name) == [RunFile.weights(ofEpoch: 1)])
  }

  @Test func theLastStateIsKeptOnlyWhereItSavesTime() throws {
    let place = Workplace()
    let store = try place.store()
    for (key, seconds, isWorth) in [("short", 1_000.0, false), ("long", 0, true)] {
      let run = try register(store, [request(key)])[0].id
      let writer = RunWriter(store, leastStateSeconds: seconds)
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      #expect(recorder.isWorthGoingOn == isWorth)
      recorder.finish(.completed, durationSeconds: 1)
      try writer.close()
    }
  }
}
