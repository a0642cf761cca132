import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct SchemaTests {
  private static let columns = [
    "run_table": "run key experiment sweep status current seed created_at started_at ended_at "
      + "duration_s configuration objective direction last_step last_epoch best_step best_epoch message note data",
    "sweep_runs": "experiment sweep run former",
    "run_configurations": "run configuration folder",
    "run_files": "run path sha256",
    "run_values": "run metric last best",
    "run_params": "run key value text",
    "run_tags": "run tag",
    "run_variants": "experiment sweep run variant",
    "metric_points": "run metric step epoch value time",
    "run_artifacts": "run name path bytes sha256 content",
    "run_environment": "run key value",
    "run_names": "run name user",
    "run_labels": "run key value",
  ]

  @Test(arguments: columns.keys.sorted())
  func publicViewsKeepTheirColumns(_ view: String) throws {
    let place = Workplace()
    let store = try place.store()
    let found = Witness(place.path).rows("SELECT name FROM pragma_table_info('\(view)')")
    #expect(found.compactMap { $0[0] }.joined(separator: " ") == Self.columns[view])
    store.close()
  }

  @Test func fileIsInWriteAheadModeWithStrictTables() throws {
    let place = Workplace()
    let store = try place.store()
    let witness = Witness(place.path)
    #expect(witness.value("PRAGMA journal_mode") == "wal")
    #expect(witness.value("PRAGMA user_version") == "9")
    #expect(witness.value("PRAGMA application_id") == String(0x4C61_6262))
    #expect(
      witness.rows(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
          + " AND strict = 0 AND name NOT LIKE 'sqlite_%'"
      ).isEmpty)
    store.close()
  }

  @Test func curvesAreFoundByIndices() throws {
    let place = Workplace()
    let store = try place.store()
    let plan = Witness(place.path).rows(
      "EXPLAIN QUERY PLAN SELECT step, value FROM metric_points WHERE run = 'r' AND metric = 'm'")
    #expect(!plan.isEmpty)
    for step in plan { #expect(step.last??.hasPrefix("SEARCH") == true, "\(step)") }
    store.close()
  }

  /// Tables, indices, triggers and views, letter by letter, against what version 9 is made with: dumps
  /// that no program of today writes.
  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7, 8])
  func theTablesAreThoseThatWereReleased(_ version: Int) throws {
    let released = Workplace()
    #expect(Witness(released.path).run(try fixture(9)))
    let place = Workplace()
    if version > 0 { #expect(Witness(place.path).run(try fixture(version))) }
    try place.store().close()
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    let expected = Witness(released.path).rows(sql)
    #expect(Witness(place.path).rows(sql) == expected)
    #expect(expected.count > 30)
  }

  private func fixture(_ version: Int) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/version-\(version).sql")
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test func removedPagesCanBeGivenBackALittleAtATime() throws {
    let place = Workplace()
    try place.store().close()
    #expect(Witness(place.path).value("PRAGMA auto_vacuum") == "2")
  }

  /// Every column of the public views from one run that a test knows whole.
  @Test func theViewsShowWhatTheRunHas() throws {
    let place = Workplace()
    let store = try place.store()
    let asked = request(
      "key", configuration: "conf", seed: 42, objective: Objective(.valAccuracy, .maximize),
      [Hyperparameter("train.lr", .number(0.5))])
    let run = try store.register([("s", [asked])], experiment: "x", title: "T")[0][0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run, environment: ["host": "h"])))
    recorder.record([point("val/accuracy", 10, 0.25, epoch: 1), point("lr", 10, 0.5, epoch: 1)])
    recorder.record([point("val/accuracy", 20, 0.125, epoch: 2)])
    recorder.choose(step: 10, epoch: 1)
    recorder.finish(.stopped, durationSeconds: 2.5, message: "why")
    try writer.close()
    try store.setNote("n", of: run)
    let witness = Witness(place.path)
    #expect(
      witness.rows(
        "SELECT run, key, experiment, sweep, status, current, seed, duration_s, configuration, "
          + "objective, direction, last_step, last_epoch, best_step, best_epoch, message, note "
          + "FROM run_table")
        == [
          [
            run.description, "key", "x", "s", "stopped", "1", "42", "2.5", "conf", "val/accuracy",
            "maximize", "20", "2", "10", "1", "why", "n",
          ]
        ])
    #expect(witness.rows("SELECT * FROM sweep_runs") == [["x", "s", run.description, "0"]])
    #expect(
      witness.rows("SELECT * FROM run_params") == [[run.description, "train.lr", "0.5", "0.5"]])
    #expect(witness.rows("SELECT * FROM run_environment") == [[run.description, "host", "h"]])
    #expect(witness.rows("SELECT title FROM experiments") == [["T"]])
  }
}
