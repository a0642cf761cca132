import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct ViewTests {
  @Test func parametersAreThereAsPeopleWriteThem() throws {
    let place = Workplace()
    let store = try place.store()
    let values: [(String, ParameterValue, String)] = [
      ("a", .text("ada\"m"), "ada\"m"), ("b", .number(1e-5), "1e-05"), ("c", .off, "none"),
      ("d", .list([.integer(64), .number(0.1)]), "[64, 0.1]"), ("e", .flag(true), "true"),
      ("f", .list([.text("x, y"), .text("z")]), "[x, y, z]"), ("g", .integer(7), "7"),
      ("h", .list([]), "[]"),
    ]
    try register(store, [request("k", values.map { Hyperparameter($0.0, $0.1) })])
    let rows = Witness(place.path).rows("SELECT text FROM run_params ORDER BY key")
    #expect(rows.map { $0[0] } == values.map(\.2))
  }

  @Test func lastAndBestAreThereForAJoin() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 0.25), point("val/loss", 2, 0.5)])
    recorder.choose(step: 1, epoch: 1)
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    #expect(
      Witness(place.path).rows("SELECT run, metric, last, best FROM run_values")
        == [[run.description, "val/loss", "0.5", "0.25"]])
  }

  /// Stores that an older version filled keep the value, and answer by the same rule.
  @Test(arguments: [1, 2, 3])
  func oldStoresAnswerTheSame(_ version: Int) throws {
    let place = Workplace()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/version-\(version).sql")
    let witness = Witness(place.path)
    #expect(witness.run(try String(contentsOf: file, encoding: .utf8)))
    witness.run("UPDATE series SET last = 7 WHERE last IS NULL")
    let store = try place.store()
    let rows = witness.rows(
      "SELECT status, last, best FROM run_values JOIN run_table USING (run) ORDER BY status")
    #expect(rows == [["completed", "0.5", "0.25"], ["diverged", nil, "0.25"]])
    let values = try store.runs().map { $0.value(of: .valLoss, .last) }
    #expect(values == [0.5, nil, nil])
  }

  /// What a bad run had reached is in its points; its best value is that of the epoch chosen, not that of
  /// epoch 0.
  @Test(arguments: [RunStatus.diverged, .failed])
  func aBadRunHasNoLastValue(_ status: RunStatus) throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("k"), request("l", seed: 2)]).map(\.id)
    let writer = RunWriter(store)
    for (index, run) in runs.enumerated() {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      recorder.record([point("val/loss", 0, 0.125, epoch: 0)])
      if index == 1 {
        recorder.record([point("val/loss", 1, 0.25), point("val/loss", 2, 7)])
        recorder.choose(step: 1, epoch: 1)
      }
      recorder.finish(status, durationSeconds: 1)
    }
    try writer.close()
    let witness = Witness(place.path)
    #expect(
      witness.rows("SELECT run, last, best FROM run_values ORDER BY best IS NOT NULL")
        == [[runs[0].description, nil, nil], [runs[1].description, nil, "0.25"]])
    #expect(witness.value("SELECT COUNT(*) FROM metric_points") == "4")
    let found = try store.runs()
    #expect(found.map { $0.value(of: .valLoss, .last) } == [nil, nil])
    #expect(found.map { $0.value(of: .valLoss, .best) } == [nil, 0.25])
    #expect(found.map { $0.metrics[.valLoss]?.lastStep } == [0, 2])
  }
}
