import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct RunRemovalTests {
  /// Runs with so many points that they fill pages of their own.
  private func filled(_ store: RunStore, _ keys: [String], sweep: String = "main") throws -> [RunID]
  {
    let runs = try store.register([(sweep, keys.map { request($0) })], experiment: "e")[0].map(\.id)
    try measure(store, runs)
    return runs
  }

  private func measure(_ store: RunStore, _ runs: [RunID]) throws {
    let writer = RunWriter(store)
    for run in runs {
      let recorder = writer.recorder(for: try claimed(store.claim(run, environment: ["a": "b"])))
      recorder.record((1...5_000).map { point("val/loss", $0, Double($0)) })
      try recorder.writeArtifact("weights", Data(repeating: 7, count: 100_000))
      recorder.finish(.completed, durationSeconds: 1)
    }
    try writer.close()
  }

  private static let tables = [
    "runs", "parameters", "series", "points", "memberships", "artifacts", "tags", "environments",
    "sweeps", "experiments", "configurations", "plans", "plan_runs", "small_artifacts", "contents",
    "packs", "checkpoints",
  ]

  @Test func nothingIsLeftOfARunAndTheFileIsShorter() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try filled(store, ["a", "b", "c", "d"])
    try store.tag(runs[0], "x")
    store.close()
    let before = try #require(size(place.path))
    let again = try place.store(.existing)
    let removal = try again.remove([runs[0], runs[2]])
    again.close()
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM points") == "10000")
    #expect(witness.value("SELECT COUNT(*) FROM tags") == "0")
    #expect(
      witness.rows("SELECT run FROM run_table ORDER BY run").compactMap { $0[0] }
        == [runs[1], runs[3]].map(\.description).sorted())
    #expect(witness.value("PRAGMA integrity_check") == "ok")
    #expect(witness.rows("PRAGMA foreign_key_check").isEmpty)
    let after = try #require(size(place.path))
    // An empty store has some 300 KB of its own: a page a table and index.
    #expect(after < before * 3 / 4)
    #expect(removal.storeBytes == before - after)
    #expect(removal.fileBytes == 200_000)
    let folders = try FileManager.default.contentsOfDirectory(atPath: store.runsFolder)
    #expect(folders.sorted() == [runs[1], runs[3]].map(\.description).sorted())
  }

  @Test func theLastRunTakesItsSweepAndExperimentAlong() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try filled(store, ["a"])
    let others = try filled(store, ["b"], sweep: "other")
    _ = try store.remove(runs)
    #expect(try store.sweeps().map(\.name.sweep) == ["other"])
    _ = try store.remove(others)
    store.close()
    let witness = Witness(place.path)
    for table in Self.tables { #expect(witness.value("SELECT COUNT(*) FROM \(table)") == "0") }
  }

  @Test func aRunOfTwoSweepsIsGoneFromBothAndTheOthersStay() throws {
    let place = Workplace()
    let store = try place.store()
    let plan = [("one", [request("a"), request("b")]), ("two", [request("a")])]
    let runs = try store.register(plan, experiment: "e")
    _ = try store.remove([runs[0][0].id])
    #expect(try store.sweeps().map(\.name.sweep) == ["one"])
    #expect(try store.runs().map(\.key) == ["b"])
  }

  @Test func theReplacedRunCountsAgain() throws {
    let place = Workplace()
    let store = try place.store()
    let first = try filled(store, ["a"])
    let second = try store.register([("main", [request("a")])], experiment: "e", fresh: true)[0]
    #expect(try store.runs().map(\.id) == second.map(\.id))
    let third = try store.register([("main", [request("a")])], experiment: "e", fresh: true)[0]
    #expect(try store.runs().map(\.id) == third.map(\.id))
    _ = try store.remove(third.map(\.id))
    #expect(try store.runs().map(\.id) == second.map(\.id))
    _ = try store.remove(second.map(\.id))
    #expect(try store.runs().map(\.id) == first)
  }

  @Test func aRunThatIsTrainedIsRefusedAndNothingIsRemoved() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("a"), request("b")]).map(\.id)
    let claim = try claimed(store.claim(runs[1]))
    let error = #expect(throws: LabbookError.self) { try store.remove(runs) }
    #expect(error?.message.contains("run \(runs[1].short) is being trained") == true)
    #expect(error?.status == 1)
    #expect(try store.count() == 2)
    withExtendedLifetime(claim) {}
  }

  @Test func aRemovedRunIsNotClaimed() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    _ = try store.remove([run])
    guard case .removed = try store.claim(run) else {
      Issue.record("it was claimed")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: store.folder(of: run)))
  }

  /// A store that an older version made keeps no account of its pages: it is written anew.
  @Test func anOlderStoreShrinksToo() throws {
    let place = Workplace()
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/version-2.sql")
    #expect(Witness(place.path).run(try String(contentsOf: fixture, encoding: .utf8)))
    let store = try place.store(.existing)
    let runs = try filled(store, ["a", "b"])
    let reader = try place.store(.existing)
    #expect(try reader.count() == 5)
    #expect(try store.remove(runs).storeBytes > 100_000)
    #expect(try reader.count() == 3)
    #expect(try store.remove([try #require(try store.runs().first).id]).storeBytes >= 0)
    #expect(Witness(place.path).value("PRAGMA auto_vacuum") == "2")
  }

  @Test func whatAKilledRemovalLeftIsCleared() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try filled(store, ["a", "b"])
    let forgotten = store.folder(of: RunID())
    let foreign = store.runsFolder + "/mine"
    for folder in [forgotten, foreign] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try Data("x".utf8).write(to: URL(fileURLWithPath: forgotten + "/weights"))
    _ = try store.remove([runs[0]])
    #expect(!FileManager.default.fileExists(atPath: forgotten))
    #expect(FileManager.default.fileExists(atPath: foreign))
  }

  private func size(_ path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }
}
