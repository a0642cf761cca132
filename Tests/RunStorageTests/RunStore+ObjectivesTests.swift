import Foundation
import RunStorage
import Testing
import Tracking

/// What searches and lists ask of a store at once: objectives by key, names, curves one by one.
@Suite struct RunStoreObjectivesTests {
  private func filled(_ place: Workplace) throws -> (RunStore, [RunID]) {
    let store = try place.store()
    let up = Objective(.valAccuracy, .maximize)
    let requests = [
      request("a", objective: up, [Hyperparameter("train.lr", .number(1))]), request("b"),
      request("c", objective: up),
    ]
    let runs = try store.register(
      [("second", [requests[2]]), ("first", Array(requests.prefix(2)))], experiment: "z")
    let ids = [runs[1][0].id, runs[1][1].id, runs[0][0].id]
    let writer = RunWriter(store)
    for (run, status) in zip(ids, [RunStatus.completed, .diverged]) {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      recorder.record([point("val/accuracy", 1, 0.75), point("val/loss", 1, 2)])
      recorder.record([point("val/accuracy", 2, 0.5), point("val/loss", 2, 1)])
      recorder.choose(step: 1, epoch: 1)
      recorder.finish(status, durationSeconds: 4)
    }
    try writer.close()
    _ = try store.register(
      [("main", [request("d", [Hyperparameter("a.b", .off)])])], experiment: "y")
    return (store, ids)
  }

  @Test func theObjectiveIsTheBestValueOfTheCurrentRun() throws {
    let place = Workplace()
    let (store, ids) = try filled(place)
    let found = try store.objectives(ofKeys: ["a", "b", "c", "none", "a"])
    #expect(found.keys.sorted() == ["a", "b", "c"])
    #expect(found["a"]?.run == ids[0] && found["a"]?.best == 0.75)
    #expect(found["a"]?.metric == .valAccuracy && found["a"]?.status == .completed)
    #expect(found["b"]?.best == 2 && found["b"]?.status == .diverged)
    #expect(found["b"]?.metric == .valLoss)
    #expect(found["c"]?.best == nil && found["c"]?.status == .planned)
    let again = try store.register([("first", [request("a")])], experiment: "z", fresh: true)
    #expect(try store.objectives(ofKeys: ["a"])["a"]?.run == again[0][0].id)
    #expect(try store.objectives(ofKeys: ["a"])["a"]?.best == nil)
  }

  @Test func namesAreSortedAndSweepsComeAsTheyWereAskedFor() throws {
    let place = Workplace()
    let (store, _) = try filled(place)
    #expect(try store.sweepNames().map(\.description) == ["z/second", "z/first", "y/main"])
    #expect(try store.names().parameters == ["a.b", "train.lr"])
    #expect(try store.names().metrics == ["val/accuracy", "val/loss"])
    let sweeps = try store.sweeps()
    #expect(sweeps.map(\.name.description) == ["z/second", "z/first", "y/main"])
    #expect(sweeps.map(\.counts) == [[.planned: 1], [.completed: 1, .diverged: 1], [.planned: 1]])
    #expect(sweeps.map(\.durationSeconds) == [0, 8, 0])
  }

  @Test func aSweepTellsItsFirstAndLastTimes() throws {
    let place = Workplace()
    let (store, _) = try filled(place)
    let witness = Witness(place.path)
    #expect(witness.run("UPDATE runs SET created_at = '2003', ended_at = '2005' WHERE key = 'a'"))
    #expect(witness.run("UPDATE runs SET created_at = '2002', ended_at = '2004' WHERE key = 'b'"))
    #expect(witness.run("UPDATE experiments SET title = 'Zed' WHERE name = 'z'"))
    let sweep = try #require(try store.sweeps(of: "z").last)
    #expect(sweep.firstCreatedAt == "2002" && sweep.lastEndedAt == "2005")
    #expect(sweep.title == "Zed")
    // A title that changes is the last one that was given.
    _ = try store.register([("first", [])], experiment: "z", title: "Zwei")
    #expect(try store.sweeps(of: "z").map(\.title) == ["Zwei", "Zwei"])
  }

  @Test func everyCurveIsGivenByName() throws {
    let place = Workplace()
    let (store, ids) = try filled(place)
    var seen: [String] = []
    let runs = try store.runs().filter { ids.contains($0.id) }
    try store.eachCurve(of: runs, []) { run, curve in
      #expect(run.id == curve.run)
      seen.append("\(run.key) \(curve.metric) \(curve.values) \(curve.steps)")
    }
    #expect(
      seen.sorted() == [
        "a val/accuracy [0.75, 0.5] [1, 2]", "a val/loss [2.0, 1.0] [1, 2]",
        "b val/accuracy [0.75, 0.5] [1, 2]", "b val/loss [2.0, 1.0] [1, 2]",
      ])
    #expect(seen.first?.hasPrefix("a val/accuracy") == true)
    var some: [String] = []
    try store.eachCurve(of: runs, [.valLoss]) { some.append($0.key + " " + $1.metric.name) }
    #expect(some.sorted() == ["a val/loss", "b val/loss"])
  }

  /// More than one transaction takes: the order and the shares stay.
  @Test func aPlanOfThousandsIsRegisteredInOrder() throws {
    let place = Workplace()
    let store = try place.store()
    let requests = (0..<4_500).map { request("k\($0 % 4_400)", configuration: "c", seed: $0) }
    let runs = try register(store, requests)
    #expect(runs.count == 4_500)
    #expect(runs.map(\.isNew) == (0..<4_500).map { $0 < 4_400 })
    #expect(runs[4_400].id == runs[0].id && runs[4_499].id == runs[99].id)
    let rows = Witness(place.path).rows("SELECT key, seed FROM run_table ORDER BY rowid")
    #expect(rows.count == 4_400)
    #expect(rows[2_000] == ["k2000", "2000"] && rows[4_399] == ["k4399", "4399"])
    #expect(Witness(place.path).value("SELECT COUNT(*) FROM sweep_runs") == "4400")
  }
}
