import Foundation
import RunStorage
import Testing
import Tracking

/// Stores that somebody else has made or changed.
@Suite struct StoreFormTests {
  private func changed(_ sql: String) throws -> Workplace {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1)])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    store.close()
    try #require(Witness(place.path).run(sql))
    return place
  }

  private func refusal(_ sql: String) throws -> String {
    let place = try changed(sql)
    let error = #expect(throws: LabbookError.self) { try place.store(.existing) }
    #expect(error?.status == 2)
    return error?.message ?? ""
  }

  @Test(arguments: [-1, -5, Int(Int32.min)])
  func aNegativeVersionIsSaid(_ version: Int) throws {
    #expect(try refusal("PRAGMA user_version = \(version)").contains("its version is \(version)"))
  }

  @Test func tablesViewsAndTriggersAreOurs() throws {
    let endless =
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS run FROM c"
    #expect(
      try refusal("DROP VIEW run_artifacts; CREATE VIEW run_artifacts AS \(endless)")
        .contains("view 'run_artifacts' is not the one that Labbook makes"))
    #expect(
      try refusal("CREATE TRIGGER t AFTER UPDATE ON runs BEGIN DELETE FROM points; END")
        .contains("trigger 't'"))
    #expect(try refusal("DROP TABLE tags").contains("table 'tags' is missing"))
    #expect(
      try refusal("DROP TABLE plans; CREATE VIEW plans AS SELECT 1 AS id")
        .contains("table 'plans' is missing"))
  }

  @Test func whatPeopleAddIsTheirs() throws {
    let place = try changed(
      """
      CREATE VIEW mine AS SELECT run FROM run_table; CREATE TABLE notes (a);
      CREATE INDEX quick ON runs (message)
      """)
    #expect(try place.store(.existing).runs().count == 1)
  }

  /// `PRAGMA writable_schema` lets a column hold anything and leaves the table's text as it was.
  @Test func nothingWhereSomethingMustBeIsAnErrorOrAnAnswer() throws {
    let relax = """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(replace(sql, 'NOT NULL', ''), ') STRICT', ')')
        WHERE type = 'table';
      """
    for column in ["key", "status", "sweep", "current", "seed", "objective", "direction", "halted"]
    {
      let place = try changed(relax)
      try #require(
        Witness(place.path).run(
          "PRAGMA ignore_check_constraints = ON; UPDATE runs SET \(column) = NULL"))
      #expect(try Self.restore(place))
      do {
        let store = try place.store(.existing)
        let run = try #require(
          Witness(place.path).value("SELECT run FROM runs").flatMap(RunID.init))
        for read in Self.reads { do { try read(store, run) } catch is LabbookError {} }
      } catch is LabbookError {}
    }
  }

  private static let reads: [@Sendable (RunStore, RunID) throws -> Void] = [
    { store, _ in _ = try store.runs() }, { store, _ in _ = try store.sweeps() },
    { store, run in _ = try store.configuration(of: run) },
    { store, run in _ = try store.claim(run) },
    { store, _ in _ = try store.objectives(ofKeys: ["k"]) },
    { store, _ in _ = try store.currentRuns(ofKeys: ["k"]) },
    { store, run in _ = try store.artifacts(of: run) },
    { store, run in _ = try store.remove([run]) },
  ]

  /// Gives the tables of a store the text that a new one has.
  private static func restore(_ place: Workplace) throws -> Bool {
    let fresh = Workplace()
    try fresh.store().close()
    let rows = Witness(fresh.path).rows("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    let witness = Witness(place.path)
    guard witness.run("PRAGMA writable_schema = ON") else { return false }
    return rows.allSatisfy { row in
      guard let name = row[0], let sql = row[1] else { return true }
      return witness.run(
        "UPDATE sqlite_schema SET sql = '\(sql.replacing("'", with: "''"))' WHERE name = '\(name)'")
    }
  }

  @Test func aLargeOffsetIsNoTrap() throws {
    let store = try changed("SELECT 1").store(.existing)
    var query = RunQuery()
    (query.offset, query.limit) = (.max, .max)
    #expect(try store.runs(query).isEmpty)
    (query.offset, query.order) = (.max - 1, .metric(.valLoss, .last, descending: false))
    #expect(try store.runs(query).isEmpty)
  }
}
