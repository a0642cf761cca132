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

  @Test func readersSeePointsWithoutAFlush() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    recorder.record([point("val/loss", 1, 1)])
    let witness = Witness(place.path)
    for _ in 0..<3_000 where witness.value("SELECT COUNT(*) FROM metric_points") == "0" {
      usleep(20_000)
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
}
