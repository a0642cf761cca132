import Foundation
import GRDB
import TestSupport
import Testing
import Tracking

/// What is said of many runs is over all of them: SQL says the same.
@Suite struct LargeCompareTests {
  private static let sweep = "sweep=wide/main"
  private static let isGood = "status NOT IN ('diverged', 'failed')"

  /// The configurations of the sweep in SQL, each with the mean over its runs that count.
  private static let means = """
    SELECT configuration, COUNT(*) AS runs, AVG(CASE WHEN \(isGood) THEN last END) AS mean,
      SUM(NOT \(isGood)) AS bad, MIN(runs.id) AS first
    FROM runs JOIN series ON series.run = runs.id AND series.metric = 3
    WHERE sweep = 1 GROUP BY configuration
    """

  private static let rate = """
    (SELECT json_extract(value, '$') FROM parameter_values WHERE id =
      (SELECT value FROM parameters WHERE run = first AND key = 1))
    """

  private struct Points: Decodable {
    let keys: [String]
    let left_out: Int
    let metric: String
    let direction: String?
    let rows: [Row]
    struct Row: Decodable {
      let run: String
      let values: [String?]
      let numbers: [Double?]
      let mean: Double?
      let n: Int
      let runs: Int
      let bad: Int
    }
  }

  private func points(_ site: Site, _ query: String) async throws -> Points {
    let answer = try await site.get("/points.json?" + query)
    return try JSONDecoder().decode(Points.self, from: Data(answer.text.utf8))
  }

  @Test func pointsAreOverAllRunsOfAConfiguration() async throws {
    let site = try Site(runs: 2000)
    let points = try await points(site, Self.sweep)
    #expect(points.metric == "val/accuracy" && points.direction == "maximize")
    #expect(
      points.keys == ["batch_size", "lr", "model", "optimizer", "weight_decay"]
        && points.left_out == 0)
    let expected = try site.rows(
      "SELECT run, w.runs, mean, bad, \(Self.rate) FROM (\(Self.means)) AS w JOIN runs "
        + "ON runs.id = first ORDER BY first")
    #expect(points.rows.count == expected.count && expected.count == 400)
    for (row, sql) in zip(points.rows, expected) {
      #expect(row.run == sql[0] && row.runs == Int(sql[1]) && row.bad == Int(sql[3]))
      #expect(row.n == row.runs - row.bad)
      #expect(row.numbers[1] == Double(sql[4]))
      let mean = Double(sql[2])
      #expect(row.mean == mean || abs((row.mean ?? 0) - (mean ?? 1)) < 1e-12)
    }
  }

  /// Each group stands by its best configuration: that of the greatest mean of those without a bad run.
  @Test func groupsAreComparedByTheBestOfAllConfigurations() async throws {
    let site = try Site(runs: 2000)
    let csv = try await site.get("/compare.csv?\(Self.sweep)&by=lr")
    let rows = csv.text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",")
    }
    let expected = try site.rows(
      "SELECT \(Self.rate) AS rate, MAX(CASE WHEN bad = 0 THEN mean END) FROM (\(Self.means)) "
        + "GROUP BY rate ORDER BY MIN(first)")
    #expect(rows.count == 8 && expected.count == 8)
    for (row, sql) in zip(rows, expected) {
      #expect(Double(row[0]) == Double(sql[0]))
      let best = try #require(Double(sql[1]))
      #expect(row.contains { Double($0).map { abs($0 - best) < 1e-9 } ?? false }, "\(row) \(best)")
    }
  }

  /// A mean curve is over every run of its group that did not diverge or fail.
  @Test func curvesAreMeansOverAllRuns() async throws {
    let site = try Site(runs: 2000)
    let answer = try await site.get("/curves.json?\(Self.sweep)&by=optimizer&metric=val/accuracy")
    let chart = try JSONDecoder().decode(ChartData.self, from: Data(answer.text.utf8))
    let expected = try site.rows(
      """
      SELECT json_extract(parameter_values.value, '$') AS name, points.step, AVG(v2), COUNT(*)
      FROM runs JOIN points ON points.run = runs.id
        JOIN parameters ON parameters.run = runs.id AND parameters.key = 2
        JOIN parameter_values ON parameter_values.id = parameters.value
      WHERE sweep = 1 AND \(Self.isGood) GROUP BY name, points.step ORDER BY name, points.step
      """)
    #expect(Set(chart.lines.map(\.name)) == ["adam", "sgd", "rmsprop"])
    for line in chart.lines {
      let own = expected.filter { $0[0] == line.name }
      try #require(own.count == 3 && line.x.count == 3)
      for (place, sql) in own.enumerated() {
        // A place is a mean over the runs too.
        #expect(abs(line.x[place] - (Double(sql[1]) ?? 0)) < 1e-9)
        #expect(abs((line.y[place] ?? 0) - (Double(sql[2]) ?? 1)) < 1e-12)
      }
    }
  }

  /// The runs are kept for a page's charts, and no longer than they are what the store has.
  @Test func whatIsWrittenMeanwhileIsSeen() async throws {
    let site = try Site(runs: 1000)
    let before = try await points(site, Self.sweep)
    let same = try await points(site, Self.sweep)
    #expect(before.rows.map(\.mean) == same.rows.map(\.mean))
    let first = before.rows[0]
    try site.execute(
      "UPDATE series SET last = last + 1 WHERE metric = 3 AND run = (SELECT id FROM runs WHERE run = ?)",
      [first.run])
    let after = try await points(site, Self.sweep)
    let grown = try #require(after.rows[0].mean) - (try #require(first.mean))
    #expect(abs(grown - 1 / Double(first.n)) < 1e-12)
    #expect(after.rows.dropFirst().map(\.mean) == before.rows.dropFirst().map(\.mean))
    // Another sweep, another condition.
    let other = try await points(site, "sweep=deep/main")
    #expect(other.rows.reduce(0) { $0 + $1.runs } == 100)
    let part = try await points(site, Self.sweep + "&where=lr%20%3D%200.1")
    #expect(!part.rows.isEmpty && part.rows.allSatisfy { $0.bad + $0.n == $0.runs })
    #expect(part.rows.count < after.rows.count / 4)
  }

  @Test func aPageOfManyRunsSaysWhatItLeavesOut() async throws {
    let site = try Site(runs: 2000)
    let page = try await site.get("/compare?\(Self.sweep)")
    #expect(page.text.contains("1400 runs of 400 configurations"))
    #expect(page.text.contains("400 configurations are too many to stand beside each other"))
    // A group a configuration: the page has the first of them, the file all.
    let by = "by=lr,optimizer,batch_size,model,weight_decay"
    let groups = try await site.get("/compare?\(Self.sweep)&\(by)")
    #expect(groups.status == 200)
    let file = try await site.get("/compare.csv?\(Self.sweep)&\(by)")
    let count = file.text.split(whereSeparator: \.isNewline).count - 1
    #expect(count > 200)
    #expect(groups.text.contains("The first 200 of \(count) rows"))
    let lines = try await site.get("/curves.json?\(Self.sweep)&metric=val/loss")
    let chart = try JSONDecoder().decode(ChartData.self, from: Data(lines.text.utf8))
    #expect(chart.lines.count == 200)
    #expect(chart.notes.contains { $0.contains("the first 200 of 1400 lines") })
  }

  /// A condition names the runs of a figure: an address of a thousand ids would be refused.
  @Test func aConditionStaysOneInTheLinks() async throws {
    let site = try Site(runs: 1000)
    // As the form sends it.
    let page = try await site.get("/compare?sweep=&where=experiment%20%3D%20'deep'&by=lr")
    #expect(page.status == 200)
    let figure = try #require(page.text.between("data-figure=\"", "\"").first)
    #expect(figure.contains("where=experiment") && figure.contains("sweep=deep%2Fmain"))
    #expect(!figure.contains("run%20%3D") && figure.utf8.count < 300)
  }
}
