import Foundation
import TestSupport
import Testing

@Suite struct TableWindowTests {
  /// How an order of a table is said in SQL.
  private static let orders: [(query: String, sql: String)] = [
    ("", "id"),
    ("sort=val/accuracy", "\(ranked) IS NULL, \(ranked), id"),
    ("sort=-val/accuracy", "\(ranked) IS NULL, \(ranked) DESC, id"),
    // Five runs each have one rate, and many configurations: ties.
    ("sort=lr", "CAST(\(rate) AS REAL), id"),
    ("sort=-lr", "CAST(\(rate) AS REAL) DESC, id"),
    ("sort=status", "status, id"),
    // Few have a message; those without come last either way.
    ("sort=message", "message IS NULL, message, id"),
    ("sort=-message", "message IS NULL, message DESC, id"),
    ("sort=-val/accuracy:max", "\(greatest) IS NULL, \(greatest) DESC, id"),
    ("sort=val/loss&value=min", "\(least) IS NULL, \(least), id"),
  ]

  private static let isGood = "status NOT IN ('diverged', 'failed')"
  private static let ranked =
    "CASE WHEN \(isGood) THEN (SELECT last FROM series WHERE run = runs.id AND metric = 3) END"
  private static let greatest =
    "CASE WHEN \(isGood) THEN (SELECT MAX(v2) FROM points WHERE run = runs.id) END"
  private static let least =
    "CASE WHEN \(isGood) THEN (SELECT MIN(v1) FROM points WHERE run = runs.id) END"
  private static let rate = """
    (SELECT value FROM parameter_values WHERE id =
      (SELECT value FROM parameters WHERE run = runs.id AND key = 1))
    """

  @Test func windowsJoinInTheOrderThatWasAskedFor() async throws {
    let site = try Site(runs: 1000)
    for (query, sql) in Self.orders {
      let expected = try site.rows("SELECT run FROM runs ORDER BY \(sql)").map { $0[0] }
      var found: [String] = []
      for offset in stride(from: 0, to: 1000, by: 37) {
        let window = try await site.window(query, offset, 37)
        #expect(window.total == 1000)
        found += window.rows.joined().rowNames
      }
      try #require(found.count == 1000, "\(query)")
      // A row is named by a beginning of its id.
      let wrong = zip(found, expected).first { !$1.hasPrefix($0) }
      #expect(wrong == nil, "\(query)")
    }
  }

  @Test func windowsOfASnapshotJoinWhileRunsAreAdded() async throws {
    let site = try Site(runs: 400)
    let first = try await site.window("sort=-val/accuracy", 0, 200)
    // It would be the first of all.
    try site.execute(
      """
      INSERT INTO runs (id, run, key, configuration, sweep, status, current, seed, objective,
        direction, created_at) SELECT 9999, 'ffff' || substr(run, 5), 'k', 'c', 1, 'completed', 1, 1,
        objective, direction, created_at FROM runs WHERE id = 1;
      INSERT INTO series (run, metric, last, last_step, best) VALUES (9999, 3, 2, 3, 2);
      """)
    let second = try await site.window("sort=-val/accuracy", 200, 200, snapshot: first.snapshot)
    #expect(second.snapshot == first.snapshot && second.total == 400)
    let names = (first.rows + second.rows).joined().rowNames
    #expect(Set(names).count == 400)
    #expect(!names.contains { $0.hasPrefix("ffff") })
    // Who opens the table anew sees it, and a snapshot that nobody knows is made anew.
    let anew = try await site.window("sort=-val/accuracy", 0, 10)
    #expect(anew.total == 401 && anew.rows[0].rowNames[0].hasPrefix("ffff"))
    let unknown = try await site.window("sort=-val/accuracy", 0, 10, snapshot: 77_777)
    #expect(unknown.total == 401)
  }

  @Test func aRunThatWasRemovedKeepsItsPlace() async throws {
    let site = try Site(runs: 50)
    let first = try await site.window("", 0, 10)
    try site.execute("DELETE FROM runs WHERE id = 15")
    let second = try await site.window("", 10, 10, snapshot: first.snapshot)
    #expect(second.rows.count == 10)
    #expect(second.rows[4].contains("class=\"gone\"") && second.rows[4].contains("removed"))
    #expect(second.rows[5].rowNames.allSatisfy { LargeStore.run(16).hasPrefix($0) })
  }

  @Test func windowsBeyondTheTableAreEmptyAndTooLargeOnesAreCut() async throws {
    let site = try Site(runs: 700)
    let beyond = try await site.window("", 5000, 100)
    #expect(beyond.rows.isEmpty && beyond.total == 700)
    let large = try await site.window("", 0, 100_000)
    #expect(large.rows.count == 500)
    let none = try await site.window("", -5, -5)
    #expect(none.rows.isEmpty)
  }

  @Test func headingsStandBeforeTheirRuns() async throws {
    let site = try Site(runs: 960)
    let table = try await site.window("group=optimizer&sort=-val/accuracy&count=500", 0, 500)
    let heads = table.rows.enumerated().filter { $0.element.contains("class=\"heading\"") }
    let counts = try site.rows(
      """
      SELECT json_extract(parameter_values.value, '$'), COUNT(*) FROM parameters
        JOIN parameter_values ON parameter_values.id = parameters.value WHERE key = 2
        GROUP BY 1 ORDER BY 1
      """)
    #expect(table.total == 960 + counts.count)
    #expect(heads.first?.offset == 0)
    #expect(heads.first?.element.plain.contains("optimizer = adam \(counts[0][1])×") == true)
    let second = Int(counts[0][1]).map { $0 + 1 }
    #expect(heads.dropFirst().first?.offset == second)
  }
}
