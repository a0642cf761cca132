import Foundation
import TestSupport
import Testing

@Suite struct ExperimentsPageTests {
  @Test func aSweepShowsItsRunsAndItsBest() async throws {
    let site = try Site(runs: 1000)
    let page = try await site.get("/")
    let rows = page.text.between("<tr data-row=\"", "</tr>")
    #expect(
      rows.map { $0.components(separatedBy: "\"")[0] } == ["wide/main", "wide/tricks", "deep/main"])
    let counts = try site.rows(
      "SELECT status, COUNT(*) FROM runs WHERE sweep = 1 GROUP BY status ORDER BY status")
    for count in counts { #expect(rows[0].plain.contains("\(count[1]) \(count[0])")) }
    let best = try site.rows(
      """
      SELECT runs.run, best FROM runs JOIN series ON series.run = runs.id AND metric = 3
      WHERE sweep = 2 AND status NOT IN ('diverged', 'failed') ORDER BY best DESC LIMIT 1
      """)[0]
    let value = String(format: "%.4g", Double(best[1]) ?? .nan)
    #expect(rows[1].plain.contains("val/accuracy \(value) \(best[0].prefix(8))"))
    // Nothing is at work, so nothing is said of what is left.
    #expect(!page.text.contains("about "))
    let widths = rows[0].between("width=\"", "\"").compactMap(Double.init)
    #expect(abs(widths.reduce(0, +) - 100) < 0.1 && widths.allSatisfy { $0 >= 0.9 })
  }

  @Test func whatIsLeftFollowsFromTheRunsThatAreDone() async throws {
    let site = try Site(runs: 100)
    // Of the third sweep runs i % 10 = 9: ten runs, of which all but four are completed in 30 s each.
    try site.execute(
      """
      UPDATE runs SET status = 'completed', duration_s = 30 WHERE sweep = 3;
      UPDATE runs SET status = 'planned', duration_s = NULL WHERE id IN (79, 89, 99);
      """)
    let text = try await site.get("/experiments.json").text
    let all = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    let sweep = try #require(all?.last)
    #expect(sweep["planned"] as? Int == 3 && sweep["completed"] as? Int == 7)
    // No process trains any.
    #expect(sweep["left_s"] is NSNull)
    #expect(sweep["direction"] as? String == "maximize")
  }

  @Test func formerRunsAreCountedApart() async throws {
    let site = try Site(runs: 100)
    try site.execute(
      """
      INSERT INTO plans (id, sweep, hash, created_at) VALUES (1, 3, 'h', '2026-01-01T00:00:00.000Z');
      INSERT INTO plan_runs (plan, run) SELECT 1, id FROM runs WHERE sweep = 3 AND id > 50;
      UPDATE sweeps SET plan = 1 WHERE id = 3;
      """)
    let page = try await site.get("/")
    let row = page.text.between("<tr data-row=\"deep/main\"", "</tr>")[0]
    #expect(row.plain.contains("5 + 5 former"))
    let table = try await site.get("/runs?experiment=deep&sweep=main")
    #expect(table.text.contains("data-total=\"5\""))
    #expect(table.text.plain.contains("5 former runs are left out"))
    let all = try await site.get("/runs?experiment=deep&sweep=main&former=1")
    #expect(all.text.contains("data-total=\"10\"") && all.text.plain.contains("With former runs"))
  }
}
