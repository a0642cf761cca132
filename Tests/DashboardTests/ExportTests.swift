import Foundation
import Results
import RunStorage
import Terminal
import Testing
import Tracking

@Suite struct ExportTests {
  @Test(arguments: [("csv", TableFormat.csv), ("json", .json)])
  func theFileOfTheTableIsWhatTheCommandWrites(_ ending: String, _ format: TableFormat)
    async throws
  {
    // More runs than one piece has.
    let site = try Site(runs: 1234, steps: 1)
    let file = try await site.get("/runs.\(ending)")
    #expect(file.status == 200)
    #expect(file.text == RunListing(try site.store.runs(), for: format).table.text(format))
  }

  @Test func theFileHasTheRowsOfTheViewInItsOrder() async throws {
    let site = try Site(runs: 1000, steps: 1)
    let query = "where=optimizer+%3D+%27sgd%27&sort=-val/accuracy&columns=lr,val/accuracy,status"
    let file = try await site.get("/runs.csv?\(query)")
    let lines = file.text.split(separator: "\r\n").map { $0.split(separator: ",") }
    #expect(lines[0] == ["run", "train.lr", "val/accuracy", "status"])
    let expected = try site.rows(
      """
      SELECT runs.run FROM runs JOIN series ON series.run = runs.id AND metric = 3
        JOIN parameters ON parameters.run = runs.id AND parameters.key = 2
        JOIN parameter_values ON parameter_values.id = parameters.value
      WHERE parameter_values.value = '"sgd"'
      ORDER BY status IN ('diverged', 'failed'),
        CASE WHEN status IN ('diverged', 'failed') THEN 0 ELSE -last END, runs.id
      """)
    #expect(lines.dropFirst().map { String($0[0]) } == expected.map { $0[0] })
    let all = try JSONSerialization.jsonObject(
      with: Data(try await site.get("/runs.json?\(query)").text.utf8))
    let rows = try #require(all as? [[String: Any]])
    #expect(rows.map { $0["run"] as? String } == expected.map { $0[0] })
  }

  /// What the page shows stands in the file, be it a column that the command's list does not have.
  @Test(arguments: ["best", "min", "max"])
  func theFileHasTheColumnsThatThePageShows(_ value: String) async throws {
    let site = try Site(runs: 60)
    for query in [
      "value=\(value)", "value=\(value)&columns=lr,val/loss,val/accuracy:max,best_step,status",
    ] {
      let page = try await site.get("/runs?\(query)").text
      let shown = page.between("<thead>", "</thead>")[0].between("<th", "</th>").dropFirst()
        .map { "<th\($0)".plain.replacing(" ▲", with: "").replacing(" ▼", with: "") }
      let lines = try await site.get("/runs.csv?\(query)").text.split(separator: "\r\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      let names = Set(lines[0])
      for name in shown {
        #expect(
          ["", "train.", "data."].contains { names.contains($0 + name) } || name == "tag",
          "\(name) of \(query)")
      }
      let column = try #require(lines[0].firstIndex(of: "val/loss:\(value)"))
      let row = try #require(lines[0].firstIndex(of: "run"))
      let run = lines[1][row]
      let expected = try site.store.values(
        [ReducedMetric(Metric("val/loss"), try #require(MetricReduction(rawValue: value)))],
        of: [try #require(RunID(run))])
      #expect(Double(lines[1][column]) == expected.values.first?.values.first)
    }
  }

  @Test func aFileOfConfigurationsHasThemToo() async throws {
    let site = try Site(runs: 60)
    let query = "by=config&value=min&columns=status,lr,val/loss,duration_s"
    let lines = try await site.get("/runs.csv?\(query)").text.split(separator: "\r\n")
    #expect(
      lines[0]
        == "configuration,status,train.lr,val/loss:min_mean,val/loss:min_std,val/loss:min_n,duration_s"
    )
    #expect(lines.count == 13)
    #expect(lines[1].contains("5 completed") && lines[1].hasSuffix(",65"), "\(lines[1])")
  }

  @Test func anEmptyTableIsAnEmptyFile() async throws {
    let site = try Site()
    #expect(try await site.get("/runs.json").text == "[]\n")
    #expect(try await site.get("/experiments.json").text == "[]\n")
    let head = try await site.get("/runs.csv").text
    #expect(
      head.hasPrefix("run,experiment,sweep,status") && head.split(separator: "\r\n").count == 1)
    #expect(try await site.get("/runs").status == 200)
    #expect(try await site.get("/").text.contains("nothing in this store yet"))
  }
}
