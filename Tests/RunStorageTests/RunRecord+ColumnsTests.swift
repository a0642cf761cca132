import Foundation
import RunStorage
import Testing
import Tracking

/// What people call the columns of a run, by which they filter.
@Suite struct RunRecordColumnsTests {
  @Test func everyColumnHasItsOwnValueInRecordsAndFilters() throws {
    let place = Workplace()
    let store = try place.store()
    let asked = request("key", configuration: "conf", seed: 42)
    let runs = try store.register(
      [("main", [asked, request("never", seed: 7)])], experiment: "spiral")[0].map(\.id)
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(runs[0])))
    recorder.record([point("val/loss", 10, 1, epoch: 3), point("val/loss", 20, 2, epoch: 4)])
    recorder.choose(step: 10, epoch: 3)
    recorder.finish(.completed, durationSeconds: 1.5)
    try writer.close()
    try store.setNote("look", of: runs[0])
    for tag in ["b", "a"] { try store.tag(runs[0], tag) }
    let witness = Witness(place.path)
    #expect(witness.run("UPDATE runs SET message = 'why' WHERE key = 'key'"))
    for (name, year) in [("created_at", 2001), ("started_at", 2002), ("ended_at", 2003)] {
      #expect(witness.run("UPDATE runs SET \(name) = '\(year)' WHERE key = 'key'"))
    }
    let expected: [(String, ParameterValue, ParameterValue)] = [
      ("run", .text(runs[0].description), .text(runs[1].description)),
      ("key", .text("key"), .text("never")), ("experiment", .text("spiral"), .text("spiral")),
      ("sweep", .text("main"), .text("main")), ("status", .text("completed"), .text("planned")),
      ("current", .integer(1), .integer(1)), ("seed", .integer(42), .integer(7)),
      ("created_at", .text("2001"), .off), ("started_at", .text("2002"), .off),
      ("ended_at", .text("2003"), .off), ("duration_s", .number(1.5), .off),
      ("last_step", .integer(20), .off), ("last_epoch", .integer(4), .off),
      ("best_step", .integer(10), .off), ("best_epoch", .integer(3), .off),
      ("note", .text("look"), .off), ("tag", .list([.text("a"), .text("b")]), .list([])),
      ("message", .text("why"), .off),
      ("configuration", .text("conf"), .text("configuration of never")),
      ("objective", .text("val/loss"), .text("val/loss")),
      ("direction", .text("minimize"), .text("minimize")), ("data", .text(""), .text("")),
      ("mlflow.runName", .off, .off),
    ]
    #expect(RunRecord.columns == expected.map(\.0))
    let records = try store.runs()
    for (name, first, second) in expected {
      #expect(records[0].value(ofColumn: name) == first, "\(name)")
      if name != "created_at" { #expect(records[1].value(ofColumn: name) == second, "\(name)") }
      let filter = RunFilter([.column("seed"), .column(name)]) {
        $0[0] == .integer(42) && $0[1] == first
      }
      #expect(try store.runs(where: filter).map(\.id) == [runs[0]], "\(name)")
      guard name != "created_at" else { continue }
      let other = RunFilter([.column(name), .column("key")]) {
        $0[1] == .text("never") && $0[0] == second
      }
      #expect(try store.runs(where: other).map(\.id) == [runs[1]], "\(name)")
    }
    // The view has these columns without `tag` and the name, which `run_names` has.
    let columns = witness.rows("SELECT name FROM pragma_table_info('run_table')").compactMap {
      $0[0]
    }
    #expect(Set(columns) == Set(RunRecord.columns).subtracting(["tag", RunRecord.nameColumn]))
    #expect(records[0].value(ofColumn: "colour") == nil)
    let unknown = RunFilter([.column("colour")]) { $0[0] == .off }
    #expect(try store.runs(where: unknown).count == 2)
  }

  @Test func aReplacedRunIsNotCurrent() throws {
    let place = Workplace()
    let store = try place.store()
    let old = try register(store, [request("k")])[0].id
    _ = try store.register([("main", [request("k")])], experiment: "e", fresh: true)
    #expect(try store.run(old)?.value(ofColumn: "current") == .integer(0))
    #expect(try store.run(old)?.isCurrent == false)
    var query = RunQuery()
    query.includesReplaced = true
    let replaced = RunFilter([.column("current")]) { $0[0] == .integer(0) }
    #expect(try store.runs(query, where: replaced).map(\.id) == [old])
  }
}
