import Foundation
import RunStorage
import Runs
import Testing
import Tracking

/// Eleven metrics a step fill a row of eight and one of three: every one of them must be itself in the
/// public view, in curves, as last and as best value, also in runs that go on from a checkpoint or
/// from a shorter run.
@Suite struct PointBufferTests {
  private static let names = (0..<11).map { "m/\($0)" }

  /// What metric number `metric` is at a step: no two are equal.
  private static func value(_ metric: Int, _ step: Int) -> Double {
    Double(metric * 100 + step) + 0.5
  }

  private func record(_ steps: ClosedRange<Int>, to recorder: RunRecorder) {
    for step in steps {
      recorder.record(
        Self.names.enumerated().map { point($1, step * 10, Self.value($0, step), epoch: step) })
    }
  }

  private func expectPoints(_ steps: ClosedRange<Int>, of run: RunID, _ place: Workplace) throws {
    let rows = Witness(place.path).rows(
      "SELECT metric, step, epoch, value, time FROM metric_points WHERE run = '\(run)' "
        + "ORDER BY metric, step")
    let names = Self.names.enumerated().sorted { $0.element < $1.element }
    #expect(
      rows
        == names.flatMap { metric, name in
          steps.map {
            [name, "\($0 * 10)", "\($0)", "\(Self.value(metric, $0))", "\(1_000_000 + $0 * 10)"]
          }
        })
    let store = try place.store(.existing)
    let curves = try store.curves(of: [run], Self.names.map { Metric($0) })
    #expect(curves.map(\.metric.name) == Self.names)
    for (metric, curve) in curves.enumerated() {
      #expect(curve.values == steps.map { Self.value(metric, $0) })
      #expect(curve.steps == steps.map { $0 * 10 })
      #expect(curve.epochs == Array(steps))
      #expect(curve.times == steps.map { 1_000_000 + Int64($0 * 10) })
    }
  }

  private func expectSummaries(_ record: RunRecord, last: Int, best: Int?) {
    #expect(record.metrics.count == 11)
    for (metric, name) in Self.names.enumerated() {
      let summary = record.metrics[Metric(name)]
      #expect(summary?.last == Self.value(metric, last), "\(name)")
      #expect(summary?.lastStep == last * 10)
      #expect(summary?.best == best.map { Self.value(metric, $0) }, "\(name)")
    }
  }

  @Test func everyMetricOfAStepIsItself() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    record(1...4, to: recorder)
    recorder.choose(step: 20, epoch: 2)
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    try expectPoints(1...4, of: run, place)
    expectSummaries(try #require(try store.run(run)), last: 4, best: 2)
    #expect(Witness(place.path).value("SELECT COUNT(*) FROM layouts") == "2")
  }

  @Test func theyAreThemselvesFromACheckpointOn() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let first = RunWriter(store)
    let before = first.recorder(for: try claimed(store.claim(run)))
    record(1...4, to: before)
    try before.writeArtifact("weights", Data("old".utf8))
    before.finish(.interrupted, durationSeconds: 1)
    try first.close()
    let checkpoint = Checkpoint(
      step: 20, epoch: 2, best: (10, 1), points: 22, maker: "here", state: Data())
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)), start: .resumed(checkpoint))
    try writer.flush()
    try expectPoints(1...2, of: run, place)
    let resumed = try #require(try store.run(run))
    #expect(try store.artifacts(of: run).isEmpty)
    for (metric, name) in Self.names.enumerated() {
      #expect(resumed.metrics[Metric(name)]?.last == Self.value(metric, 2), "\(name)")
      #expect(resumed.metrics[Metric(name)]?.lastStep == 20)
    }
    #expect([resumed.step, resumed.epoch, resumed.bestStep, resumed.bestEpoch] == [20, 2, 10, 1])
    record(3...5, to: recorder)
    recorder.finish(.completed, durationSeconds: 2)
    try writer.close()
    try expectPoints(1...5, of: run, place)
    expectSummaries(try #require(try store.run(run)), last: 5, best: 1)
  }

  @Test func theyAreThemselvesInALongerRun() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("short"), request("long")]).map(\.id)
    let first = RunWriter(store)
    let before = first.recorder(for: try claimed(store.claim(runs[0])))
    record(1...3, to: before)
    before.finish(.completed, durationSeconds: 1)
    try first.close()
    let state = Checkpoint(
      step: 30, epoch: 3, best: (20, 2), points: 33, maker: "here", state: Data())
    let writer = RunWriter(store)
    let recorder = writer.recorder(
      for: try claimed(store.claim(runs[1])), start: .continued(state, from: runs[0]))
    try writer.flush()
    let begun = try #require(try store.run(runs[1]))
    #expect([begun.step, begun.epoch, begun.bestStep, begun.bestEpoch] == [30, 3, 20, 2])
    expectSummaries(begun, last: 3, best: nil)
    record(4...4, to: recorder)
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    try expectPoints(1...4, of: runs[1], place)
    expectSummaries(try #require(try store.run(runs[1])), last: 4, best: 2)
    try expectPoints(1...3, of: runs[0], place)
  }

  /// Steps whose metrics differ lie in rows of other kinds; of each metric the latest step counts,
  /// whichever kind was measured last.
  @Test func theLatestStepCountsHoweverMetricsComeTogether() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("a", 0, 1), point("b", 0, 2)])
    recorder.record([point("a", 1, 3)])
    recorder.record([point("b", 2, 4), point("a", 2, 5)])
    recorder.record([point("a", 3, 6)])
    recorder.record([point("a", 4, 7), point("b", 4, 8, epoch: 2)])
    recorder.record([point("c", 3, 9, epoch: 1)])
    try writer.flush()
    let record = try #require(try store.run(run))
    #expect(record.metrics[Metric("a")]?.last == 7)
    #expect(record.metrics[Metric("b")]?.last == 8)
    #expect(record.metrics[Metric("c")]?.last == 9)
    #expect(record.metrics[Metric("c")]?.lastStep == 3)
    #expect(record.step == 4)
    let curves = try store.curves(of: [run], [Metric("a"), Metric("b")])
    #expect(curves.map(\.steps) == [[0, 1, 2, 3, 4], [0, 2, 4]])
    #expect(curves.map(\.values) == [[1, 3, 5, 6, 7], [2, 4, 8]])
    try writer.close()
  }
}
