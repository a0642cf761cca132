import Foundation
import Testing
import Web

@Suite struct TableFilterTests {
  private func address(_ filter: String, _ rest: String = "") -> String {
    "/runs?where=\(WebQuery.encoded(filter))\(rest)"
  }

  @Test func aFilterNarrowsTheTableAsSQLDoes() async throws {
    let site = try Site(runs: 1000)
    let count = try site.rows(
      """
      SELECT COUNT(*) FROM runs JOIN series ON series.run = runs.id AND metric = 3
        JOIN parameters ON parameters.run = runs.id AND parameters.key = 2
        JOIN parameter_values ON parameter_values.id = parameters.value
      WHERE last > 0.5 AND status = 'completed' AND parameter_values.value = '"sgd"'
      """)[0][0]
    let page = try await site.get(
      address("val/accuracy > 0.5 and status = 'completed' and optimizer = 'sgd'"))
    #expect(page.status == 200)
    #expect(page.text.contains("data-total=\"\(count)\""))
    #expect(page.text.between("data-count>", "<") == ["\(count) runs"])
  }

  @Test(arguments: [
    ("lr <", "where:", "^"),
    ("lr < 0.1 and nosuch = 1", "nosuch", "^~~~~~"),
    ("0.1 < 'text'", "where:", "^~~~~~"),
    ("status = 3 and", "where:", "^"),
    ("<script>alert(1)</script>", "where:", "^"),
  ]) func anErrorOfAFilterStandsAtItsPlace(_ filter: String, _ words: String, _ caret: String)
    async throws
  {
    let site = try Site(runs: 10)
    let page = try await site.get(address(filter))
    #expect(page.status == 400)
    let problem = page.text.between("role=\"alert\"", "</div>").first ?? ""
    #expect(problem.plain.contains(words), "\(problem)")
    #expect(problem.contains("\(caret)</pre>"), "\(problem)")
    #expect(page.text.contains("aria-invalid=\"true\""))
    // The text is still in its field, and is no markup.
    #expect(
      page.text.contains(
        "value=\"\(filter.replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("'", with: "&#39;"))\""
      ))
    #expect(!page.text.contains("<script>alert"))
    let rows = try await site.get("/runs/rows?where=\(WebQuery.encoded(filter))")
    #expect(rows.status == 400 && rows.text.contains("^"))
    let csv = try await site.get("/runs.csv?where=\(WebQuery.encoded(filter))")
    #expect(csv.status == 400)
  }

  @Test(arguments: [
    ("sort=val/acuracy", "Did you mean 'val/accuracy'?"),
    ("columns=status,nothing-like-it", "no run has a column"),
    ("group=val/loss", "is a metric"), ("group=optimiser", "Did you mean 'optimizer'?"),
    ("by=seed", "neither 'run' nor 'config'"), ("value=mean", "last, best, min, max"),
    ("experiment=wid", "Did you mean 'wide'?"), ("sweep=mian", "Did you mean 'main'?"),
    ("go=compare", "no run is selected"), ("go=compare&select=zz", "is called 'zz'"),
  ]) func whatAnAddressGetsWrongIsSaid(_ query: String, _ words: String) async throws {
    let site = try Site(runs: 10)
    let page = try await site.get("/runs?\(query)")
    #expect(page.status == 400)
    let problem = page.text.between("role=\"alert\"", "</div>").first ?? ""
    #expect(problem.plain.contains(words), "\(problem)")
  }

  @Test func facetsCountAsSQLCounts() async throws {
    let site = try Site(runs: 1000)
    let filter = "status = 'completed' and lr < 0.05"
    let page = try await site.get(address(filter))
    var found: [String: [String: Int]] = [:]
    for part in page.text.between("<details", "</details>") where part.contains("<summary>") {
      let name = part.between("<summary>", "</summary>")[0].plain
      for item in part.between("<li>", "</li>") where item.contains("class=\"count\"") {
        let value = item.between("<bdi>", "</bdi>")[0].plain
        found[name, default: [:]][value] = Int(
          item.between("class=\"count\">", "<")[0].replacing(",", with: ""))
      }
    }
    for (key, number) in [("optimizer", 2), ("batch_size", 3), ("model", 4), ("lr", 1)] {
      var expected: [String: Int] = [:]
      for row in try site.rows(
        """
        SELECT trim(mine.value, '"'), COUNT(*) FROM runs
          JOIN parameters AS p ON p.run = runs.id AND p.key = \(number)
          JOIN parameter_values AS mine ON mine.id = p.value
          JOIN parameters AS r ON r.run = runs.id AND r.key = 1
          JOIN parameter_values AS rate ON rate.id = r.value
        WHERE status = 'completed' AND CAST(rate.value AS REAL) < 0.05 GROUP BY 1
        """)
      { expected[row[0]] = Int(row[1]) }
      #expect(found[key] == expected, "\(key)")
    }
    // One value is left of status, so there is nothing to choose.
    #expect(found["status"] == nil)
  }

  @Test func aClickOnAValueAddsItToTheFilterAndAChipTakesItOut() async throws {
    let site = try Site(runs: 1000)
    let page = try await site.get(address("lr < 0.05 or lr > 0.2"))
    let links = page.text.between("<aside", "</aside>")[0].between("href=\"", "\"").map(\.plain)
    let sgd = try #require(links.first { $0.contains("sgd") })
    let query = WebQuery(text: sgd.split(separator: "?")[1])
    #expect(query["where"] == "(lr < 0.05 or lr > 0.2) and optimizer = 'sgd'")
    let narrowed = try await site.get(sgd)
    #expect(narrowed.status == 200)
    let chips = narrowed.text.between("class=\"chips\"", "</ul>")[0]
    #expect(
      chips.between("<code>", "</code>").map(\.plain) == [
        "(lr < 0.05 or lr > 0.2)", "optimizer = 'sgd'",
      ])
    let without = chips.between("href=\"", "\"").map(\.plain)
    #expect(WebQuery(text: without[0].split(separator: "?")[1])["where"] == "optimizer = 'sgd'")
  }
}
