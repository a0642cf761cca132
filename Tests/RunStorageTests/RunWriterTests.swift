import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct RunWriterTests {
  @Test func pointsReachThePublicView() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    recorder.record([point("val/loss", 0, .nan), point("val/loss", 10, 0.5, epoch: 1)])
    recorder.record([point("train/loss", 10, .infinity, epoch: 1)])
    recorder.record([point("train/loss", 20, -.infinity, epoch: 2)])
    try writer.flush()
    let rows = Witness(place.path).rows(
      "SELECT run, metric, step, epoch, value, time FROM metric_points ORDER BY metric, step")
    let id = run.id.description
    #expect(
      rows == [
        [id, "train/loss", "10", "1", "Inf", "1000010"],
        [id, "train/loss", "20", "2", "-Inf", "1000020"],
        [id, "val/loss", "0", "0", nil, "1000000"],
        [id, "val/loss", "10", "1", "0.5", "1000010"],
      ])
    try writer.close()
  }

  /// A program may tell steps in any order: the last value is that of the greatest step, whatever
  /// transaction brought it.
  @Test func stepsMayComeInAnyOrder() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    for (step, value) in [(2, 20.0), (7, 70), (5, 50), (7, 71)] {
      recorder.record([point("x", step, value)])
      try writer.flush()
    }
    recorder.record([point("y", 9, 90), point("y", 8, 80), point("y", 4, 40)])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    let record = try #require(try store.run(run))
    #expect(record.metrics[Metric("x")]?.last == 71 && record.metrics[Metric("x")]?.lastStep == 7)
    #expect(record.metrics[Metric("y")]?.last == 90)
    #expect(record.step == 9)
    let curve = try #require(try store.curves(of: [run], [Metric("x")]).first)
    #expect(curve.steps == [2, 5, 7] && curve.values == [20, 50, 71])
  }

  /// What was told once has that value as its best too, where the objective chose an epoch; what was
  /// told twice, neither time at that epoch, has none.
  @Test func aValueToldOnceIsTheBest() throws {
    let place = Workplace()
    let store = try place.store()
    for (key, chosen) in [("chosen", true), ("not", false)] {
      let run = try register(store, [request(key)])[0].id
      let writer = RunWriter(store)
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      recorder.record([point("val/loss", 1, 3)])
      recorder.record([point("val/loss", 2, 4), point("twice", 2, 5)])
      recorder.record([point("twice", 3, 6), point("once", 3, 7)])
      if chosen { recorder.choose(step: 1, epoch: 1) }
      recorder.finish(.completed, durationSeconds: 1)
      try writer.close()
      let record = try #require(try store.run(run))
      #expect(record.value(of: .valLoss, .best) == (chosen ? 3 : nil))
      #expect(record.value(of: Metric("once"), .best) == (chosen ? 7 : nil))
      #expect(record.value(of: Metric("twice"), .best) == nil)
    }
  }

  @Test func readersSeePointsWithoutAFlush() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    recorder.record([point("val/loss", 1, 1)])
    let witness = Witness(place.path)
    let deadline = Date(timeIntervalSinceNow: 60)
    while witness.value("SELECT COUNT(*) FROM metric_points") == "0", Date() < deadline {
      sched_yield()
    }
    #expect(witness.value("SELECT COUNT(*) FROM metric_points") == "1")
    #expect(witness.value("SELECT status FROM run_table") == "running")
    try writer.close()
  }

  @Test func aFinishedRunHasEveryPointAndItsSummaries() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    for step in 1...20_000 {
      recorder.record([point("val/loss", step, Double(step % 7)), point("lr", step, 0.1)])
    }
    recorder.choose(step: 7, epoch: 7)
    recorder.finish(.completed, durationSeconds: 1.5)
    try writer.flush()
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM metric_points") == "40000")
    #expect(
      witness.rows(
        "SELECT status, duration_s, last_step, last_epoch, best_step, best_epoch FROM run_table")
        == [["completed", "1.5", "20000", "20000", "7", "7"]])
    let record = try #require(try store.run(run.id))
    #expect(record.metrics[.valLoss]?.last == Double(20_000 % 7))
    #expect(record.metrics[.valLoss]?.lastStep == 20_000)
    #expect(record.metrics[.valLoss]?.best == 0)
    #expect(record.value(of: .learningRate, .best) == 0.1)
    #expect(!FileManager.default.fileExists(atPath: store.folder(of: run.id)))
    try writer.close()
  }

  @Test func manyWorkersLoseNothing() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, (0..<8).map { request("k\($0)") })
    let writer = RunWriter(store)
    let recorders = try runs.map { writer.recorder(for: try claimed(store.claim($0.id))) }
    let group = DispatchGroup()
    for recorder in recorders {
      let thread = Thread {
        for step in 0..<5_000 { recorder.record([point("a", step, 1), point("b", step, 2)]) }
        recorder.finish(.completed, durationSeconds: nil)
        group.leave()
      }
      group.enter()
      thread.start()
    }
    group.wait()
    try writer.close()
    let counts = Witness(place.path).rows(
      "SELECT COUNT(*), SUM(value) FROM metric_points GROUP BY run")
    #expect(counts == Array(repeating: ["10000", "15000.0"], count: 8))
    #expect(try store.count() == 8)
    #expect(try store.runs().allSatisfy { $0.status == .completed })
  }

  @Test func filesOfARunAreListedWithTheirHash() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    try recorder.writeArtifact("final.safetensors", Data("abc".utf8))
    recorder.finish(.completed, durationSeconds: 0)
    try writer.close()
    let row = Witness(place.path).rows("SELECT name, path, bytes, sha256 FROM run_artifacts")
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(row == [["final.safetensors", nil, "3", hash]])
    #expect(try store.artifact("final.safetensors", of: run.id) == Data("abc".utf8))
    #expect(Witness(place.path).run("UPDATE packs SET data = CAST('abd' AS BLOB)"))
    let changed = #expect(throws: LabbookError.self) {
      try store.artifact("final.safetensors", of: run.id)
    }
    #expect(
      changed
        == .failure(
          "final.safetensors of run \(run.id.short) is not what was written: "
            + "its SHA-256 differs from the store's", hint: "train the run again with --fresh"))
    let other = #expect(throws: LabbookError.self) { try store.artifact("x", of: run.id) }
    #expect(other == .input("run \(run.id.short) has no x"))
  }

  /// What cannot be written is kept for the next time, and the failure is told once and for all.
  @Test func whatCouldNotBeWrittenIsWrittenLater() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("a"), request("b")]).map(\.id)
    let writer = RunWriter(store)
    let first = writer.recorder(for: try claimed(store.claim(runs[0])))
    let second = writer.recorder(for: try claimed(store.claim(runs[1])))
    first.record([point("val/loss", 1, 1), point("lr", 1, 0.5)])
    try writer.flush()
    #expect(writer.failure == nil)
    let witness = Witness(place.path)
    #expect(witness.run("ALTER TABLE points RENAME TO hidden"))
    first.record([point("val/loss", 2, 2), point("lr", 2, 0.25)])
    second.record([point("val/loss", 1, 7)])
    second.choose(step: 1, epoch: 1)
    second.finish(.completed, durationSeconds: 3)
    let error = #expect(throws: LabbookError.self) { try writer.flush() }
    #expect(error?.message.hasPrefix("'\(place.path)': ") == true)
    #expect(writer.failure == error)
    #expect(witness.run("ALTER TABLE hidden RENAME TO points"))
    first.record([point("val/loss", 3, 3)])
    first.finish(.stopped, durationSeconds: 2)
    #expect(throws: LabbookError.self) { try writer.close() }
    let curves = try store.curves(of: runs, [.valLoss, .learningRate])
    #expect(curves.map(\.values) == [[1, 2, 3], [0.5, 0.25], [7]])
    let records = try store.runs()
    #expect(records.map(\.status) == [.stopped, .completed])
    #expect(records.map { $0.metrics[.valLoss]?.last } == [3, 7])
    #expect(records[1].metrics[.valLoss]?.best == 7)
  }
}
