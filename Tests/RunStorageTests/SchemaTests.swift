import RunStorage
import Testing
import Tracking

@Suite struct SchemaTests {
  private static let columns = [
    "run_table": "run key experiment sweep status current seed created_at started_at ended_at "
      + "duration_s configuration objective direction last_step last_epoch best_step best_epoch message note data",
    "sweep_runs": "experiment sweep run former",
    "run_configurations": "run configuration folder",
    "run_values": "run metric last best",
    "run_params": "run key value text",
    "run_tags": "run tag",
    "metric_points": "run metric step epoch value time",
    "run_artifacts": "run name path bytes sha256 content",
    "run_environment": "run key value",
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
    #expect(witness.value("PRAGMA user_version") == "4")
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
}
