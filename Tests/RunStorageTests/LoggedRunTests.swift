import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct LoggedRunTests {
  private func start(_ name: String = "run") -> LoggedStart {
    LoggedStart(name: name, user: "u", started: 1_000, tags: [])
  }

  @Test func aRunAtWorkIsNotInterruptedByWhoeverLooks() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    try await log.ensureDefault()
    let run = try await log.createRun(in: 0, start())
    #expect(try store.runs().map(\.status) == [.running])
    #expect(try store.sweeps().first?.counts == [.running: 1])
    // Another process, which has no claim either.
    let other = try place.store(.existing)
    #expect(try other.run(run)?.status == .running)
    #expect(try other.run(run)?.name == "run")
    other.close()
    store.close()
  }

  @Test func runsAreFoundAndOrderedByTheirNames() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    try await log.ensureDefault()
    for name in ["b", "c", "a"] { _ = try await log.createRun(in: 0, start(name)) }
    try register(store, [request("own")])
    let column = RunRecord.nameColumn
    var query = RunQuery()
    query.order = .named(column, descending: false)
    #expect(try store.runs(query).map(\.name) == ["a", "b", "c", nil])
    let named = RunFilter([.column(column)]) { $0[0] == .text("b") }
    #expect(try store.runs(where: named).map(\.name) == ["b"])
    #expect(try store.runs(where: named).first?.value(ofColumn: column) == .text("b"))
    #expect(try store.tally(store.arrangement(RunQuery())).hasNames)
    let own = RunQuery(SweepName(experiment: "e", sweep: "main"))
    #expect(try !store.tally(store.arrangement(own)).hasNames)
    store.close()
  }

  @Test func seedsOfEqualParametersAreOneConfiguration() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    let experiment = try await log.createExperiment("e", artifacts: nil, tags: [])
    for (seed, lr) in [("1", "0.1"), ("2", "0.10"), ("3", "0.2")] {
      let run = try await log.createRun(in: experiment, start())
      // One by one, and in any order.
      let parameters = [LoggedText("lr", lr), LoggedText("random_state", seed)]
      for parameter in seed == "2" ? parameters.reversed() : parameters {
        try await log.log(LoggedBatch(parameters: [parameter]), to: run)
      }
      try await log.log(
        LoggedBatch(points: [LoggedPoint("loss", Double(seed) ?? 0, time: 1, step: 0)]), to: run)
    }
    // Without parameters nothing says that two runs are the same.
    for _ in 0..<2 { _ = try await log.createRun(in: experiment, start()) }
    let groups = try store.runs().groupedByConfiguration()
    #expect(groups.map(\.runs.count) == [2, 1, 1, 1])
    #expect(groups[0].runs.map(\.seed) == [1, 2])
    let statistics = try #require(groups[0].statistics(of: Metric("loss"), .last))
    #expect(statistics.mean == 1.5)
    #expect(statistics.count == 2)
    #expect(Set(try store.runs().map(\.key)).count == 5)
    #expect(Set(try store.runs().suffix(2).map(\.seed)).count == 2)
    store.close()
  }

  @Test func theLatestOfAStepStandsAndTheOthersAreKept() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    try await log.ensureDefault()
    let run = try await log.createRun(in: 0, start())
    let points = [
      LoggedPoint("m", 1, time: 5, step: 3), LoggedPoint("m", 2, time: 7, step: 3),
      LoggedPoint("m", .nan, time: 7, step: 3), LoggedPoint("m", 9, time: 9, step: -4),
      LoggedPoint("m", 3, time: 6, step: 3), LoggedPoint("m", 2, time: 7, step: 3),
    ]
    for point in points { try await log.log(LoggedBatch(points: [point]), to: run) }
    let shown = try #require(try store.trackedRun(run)?.metrics.first)
    #expect(shown == LoggedPoint("m", 2, time: 7, step: 3))
    // The same points in one batch, and once more: nothing is repeated.
    let second = try await log.createRun(in: 0, start())
    for _ in 0..<2 { try await log.log(LoggedBatch(points: points.reversed()), to: second) }
    #expect(try store.trackedRun(second)?.metrics == [shown])
    for id in [run, second] {
      let history = try #require(try store.history(of: id, "m"))
      #expect(history.map(\.time) == [5, 6, 7, 7, 9])
      #expect(history.filter { $0.value.isNaN }.count == 1)
      let curve = try #require(try store.curves(of: [id], [Metric("m")]).first)
      #expect(curve.steps == [-4, 3])
      #expect(curve.values == [9, 2])
    }
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM metric_points") == "4")
    #expect(witness.value("SELECT last FROM run_values LIMIT 1") == "2.0")
    store.close()
  }

  @Test func manyAtOnceLoseAndRepeatNothing() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    try await log.ensureDefault()
    let shared = try await log.createRun(in: 0, start("shared"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<32 {
        group.addTask {
          let own = try await log.createRun(
            in: 0, LoggedStart(name: "own", user: "", started: 1, tags: []))
          for step in 0..<40 {
            let point = LoggedPoint("m", Double(client), time: Int64(client), step: Int64(step))
            try await log.log(LoggedBatch(points: [point]), to: own)
            try await log.log(LoggedBatch(points: [point]), to: shared)
            // What was answered is there for whoever asks then.
            if step % 10 == 0 { #expect(try store.trackedRun(own)?.metrics.first == point) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.history(of: shared, "m")?.count == 32 * 40)
    #expect(try store.runs().count == 33)
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM points") == String(32 * 40 + 40))
    #expect(witness.value("SELECT COUNT(*) FROM logged_points") == String(31 * 40))
    // Of each step the latest time stands, which is the last client's.
    #expect(
      witness.value(
        "SELECT MIN(v0) FROM points JOIN runs ON runs.id = points.run "
          + "WHERE runs.run = '\(shared)'") == "31.0")
    store.close()
  }

  @Test func aRefusalUndoesNothingOfOthersAndTakesNothing() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    try await log.ensureDefault()
    let run = try await log.createRun(in: 0, start())
    try await log.log(LoggedBatch(parameters: [LoggedText("a", "1")]), to: run)
    let bad = LoggedBatch(
      points: [LoggedPoint("m", 1, time: 1, step: 1)],
      parameters: [LoggedText("b", "1"), LoggedText("a", "2")], tags: [LoggedText("t", "v")])
    await withTaskGroup(of: Void.self) { group in
      for step in 0..<50 {
        group.addTask {
          await #expect(throws: LogRefusal.self) { try await log.log(bad, to: run) }
          let good = LoggedBatch(points: [LoggedPoint("good", 1, time: 1, step: Int64(step))])
          await #expect(throws: Never.self) { try await log.log(good, to: run) }
        }
      }
    }
    let found = try #require(try store.trackedRun(run))
    #expect(found.parameters == [LoggedText("a", "1")])
    #expect(found.metrics.map(\.key) == ["good"])
    #expect(found.tags.isEmpty)
    #expect(try store.history(of: run, "good")?.count == 50)
    store.close()
  }

  @Test func aFileOfTheSameExperimentMakesNoLoggedRunFormer() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    let experiment = try await log.createExperiment("shared", artifacts: nil, tags: [])
    _ = try await log.createRun(in: experiment, start())
    let mark = PlanMark(hashes: ["main": "h"])
    _ = try store.register([("main", [request("own")])], experiment: "shared", as: mark)
    let sweeps = try store.sweeps(of: "shared")
    #expect(sweeps.map(\.name.sweep) == ["logged", "main"])
    #expect(sweeps.map(\.former) == [0, 0])
    #expect(sweeps.map(\.runs) == [1, 1])
    store.close()
  }

  @Test func removedRunsLeaveTheirExperimentToMLflow() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    let experiment = try await log.createExperiment("e", artifacts: nil, tags: [])
    let run = try await log.createRun(in: experiment, start())
    try await log.log(
      LoggedBatch(
        points: [LoggedPoint("m", 1, time: 1, step: 1), LoggedPoint("m", 2, time: 1, step: 1)],
        parameters: [LoggedText("a", "1")], tags: [LoggedText("t", "v")]), to: run)
    _ = try store.remove([run])
    #expect(try store.trackedRun(run) == nil)
    #expect(try store.trackedExperiment(named: "e")?.id == experiment)
    let witness = Witness(place.path)
    for table in ["points", "logged_points", "logged_runs", "logged_tags", "series", "tags"] {
      #expect(witness.value("SELECT COUNT(*) FROM \(table)") == "0", "\(table)")
    }
    // And it takes runs again.
    let again = try await log.createRun(in: experiment, start())
    #expect(try store.runs().map(\.id) == [again])
    try store.renameExperiment("e", to: "f")
    #expect(try store.trackedExperiment(experiment)?.name == "f")
    store.close()
  }

  @Test func onlyWhatLabbookTrainedIsAskedForItsConfiguration() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    try await log.ensureDefault()
    let run = try await log.createRun(in: 0, start())
    let error = #expect(throws: LabbookError.self) { try store.configuration(of: run) }
    #expect(error?.message.contains("was logged through MLflow") == true)
    store.close()
  }
}
