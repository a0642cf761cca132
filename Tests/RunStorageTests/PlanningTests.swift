import RunStorage
import Testing
import Tracking

@Suite struct PlanningTests {
  @Test func aKeyIsSharedBetweenSweeps() throws {
    let place = Workplace()
    let store = try place.store()
    let plan = [
      ("first", [request("a"), request("b")]), ("second", [request("b"), request("c")]),
    ]
    let found = try store.register(plan, experiment: "one", title: "One")
    #expect(found[0].map(\.isNew) == [true, true])
    #expect(found[1].map(\.isNew) == [false, true])
    #expect(found[0][1].id == found[1][0].id)
    let again = try store.register([("third", [request("c")])], experiment: "two")
    #expect(again[0][0].id == found[1][1].id)
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM run_table") == "3")
    #expect(
      witness.rows("SELECT experiment, sweep FROM sweep_runs ORDER BY 1, 2").map { $0[1] }
        == ["first", "first", "second", "second", "third"])
    #expect(
      witness.rows("SELECT experiment, sweep FROM run_table WHERE key = 'c'") == [
        ["one", "second"]
      ])
  }

  @Test func freshRunsReplaceOnceAPlan() throws {
    let place = Workplace()
    let store = try place.store()
    let old = try register(store, [request("a")])[0]
    let plan = [("main", [request("a")]), ("other", [request("a"), request("b")])]
    let new = try store.register(plan, experiment: "e", fresh: true)
    #expect(new[0][0].id != old.id)
    #expect(new[0][0].id == new[1][0].id)
    let witness = Witness(place.path)
    #expect(
      witness.rows("SELECT run FROM run_table WHERE key = 'a' AND current = 1")
        == [[new[0][0].id.description]])
    #expect(witness.value("SELECT COUNT(*) FROM run_table WHERE key = 'a'") == "2")
    #expect(try store.runs(RunQuery(SweepName(experiment: "e", sweep: "main"))).count == 1)
    #expect(try store.currentRuns(ofKeys: ["a", "z"]).mapValues(\.id) == ["a": new[0][0].id])
  }

  @Test func anEmptySweepIsKnown() throws {
    let place = Workplace()
    let store = try place.store()
    _ = try store.register([("none", [])], experiment: "e")
    #expect(try store.sweeps().map(\.name.sweep) == ["none"])
    #expect(try store.sweeps()[0].runs == 0)
  }

  @Test func parametersComeBackAsTheyWere() throws {
    let place = Workplace()
    let store = try place.store()
    let values: [String: ParameterValue] = [
      "train.lr": .number(1e-4), "train.epochs": .integer(20), "train.clip_norm": .off,
      "train.shuffle": .flag(true), "train.model": .text("a \"b\"\n\\ é 📓 'c'\u{1}"),
      "models.m.mlp.hidden": .list([.integer(10), .text("x,]"), .number(0.5)]),
      "models.it's; DROP TABLE runs.mlp.hidden": .list([]), "data.big": .number(1e300),
    ]
    let run = try register(
      store, [request("k", values.map { Hyperparameter($0.key, $0.value) })])[0]
    #expect(try store.run(run.id)?.parameters.dictionary == values)
    let witness = Witness(place.path)
    #expect(
      witness.rows(
        "SELECT json_extract(value, '$') FROM run_params WHERE key = 'train.model'")
        == [["a \"b\"\n\\ é 📓 'c'\u{1}"]])
    #expect(
      witness.rows("SELECT value FROM run_params WHERE key = 'train.clip_norm'") == [["null"]])
    #expect(witness.value("SELECT COUNT(*) FROM run_params WHERE NOT json_valid(value)") == "0")
  }

  @Test(arguments: [
    "plain", "with 'single' and \"double\"", "line\nbreak\tand tab", "📓 é ⁂",
    "'; DROP TABLE runs; --",
    "%s %n \\0", "null", "",
  ])
  func hostileNamesAreKeptAsWritten(_ name: String) throws {
    let place = Workplace()
    let store = try place.store()
    let run = try store.register([(name, [request("k")])], experiment: name, title: name)[0][0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id, environment: [name: name])))
    recorder.record([MetricPoint(Metric(name), step: 1, epoch: 1, value: 1, timeMilliseconds: 0)])
    recorder.finish(.failed, durationSeconds: 0, message: name)
    try writer.close()
    let record = try #require(
      try store.runs(RunQuery(SweepName(experiment: name, sweep: name))).first)
    #expect(record.message == name)
    #expect(record.sweep == SweepName(experiment: name, sweep: name))
    #expect(record.metrics.keys.map(\.name) == [name])
    #expect(try store.curves(of: [run.id], [Metric(name)]).map(\.values) == [[1]])
    #expect(Witness(place.path).rows("SELECT experiment, sweep FROM sweep_runs") == [[name, name]])
    #expect(try store.environment(of: run.id) == [name: name])
  }
}
