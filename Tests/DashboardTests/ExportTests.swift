import Foundation
import Results
import RunStorage
import Terminal
import Testing

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
