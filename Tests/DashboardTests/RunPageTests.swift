import Foundation
import GRDB
import RunStorage
import TestSupport
import Testing
import Tracking
import Web

@Suite struct RunPageTests {
  private func id(_ number: Int) -> String { LargeStore.run(number) }

  @Test func aPageSaysWhatTheStoreKnows() async throws {
    let site = try Site(runs: 500, steps: 4)
    let page = try await site.get("/runs/\(id(7))")
    #expect(page.status == 200)
    let rows = page.text.between("data-metrics", "</table>")[0].between("<tr", "</tr>")
    let accuracy = try #require(rows.first { $0.contains("val/accuracy") })
    let cells = accuracy.between("class=\"number\">", "</td>").map { Double($0) ?? .nan }
    let q = LargeStore.quality(7)
    // last, best, min, max of q/4, q/2, 3q/4, q
    for (found, expected) in zip(cells, [q, q, q / 4, q]) {
      #expect(abs(found - expected) < 1e-3 * abs(expected))
    }
    #expect(cells.count == 4)
    let differences = page.text.between("<h2>Differs", "</table>")[0]
    #expect(differences.contains("lr") && !differences.contains("points_per_class"))
    let lr = try #require(differences.between("<tr>", "</tr>").first { $0.plain.hasPrefix("lr") })
    let own = try site.rows(
      """
      SELECT value FROM parameter_values WHERE id =
        (SELECT value FROM parameters WHERE run = 7 AND key = 1)
      """)[0][0]
    #expect(lr.between("<strong>", "</strong>")[0].plain == own)
    let other = try site.rows(
      """
      SELECT parameter_values.value, COUNT(*) FROM runs JOIN parameters ON parameters.run = runs.id
        JOIN parameter_values ON parameter_values.id = parameters.value
      WHERE parameters.key = 1 AND sweep = (SELECT sweep FROM runs WHERE id = 7) AND parameter_values.value != '\(own)'
      GROUP BY 1 ORDER BY 2 DESC LIMIT 1
      """)[0]
    // The page rounds the value.
    #expect(lr.plain.contains(" \(other[1])×"))
    // As a chart or, without Dygraphs, as a figure.
    #expect(
      page.text.contains("kind=curves&amp;sweep=wide%2Ftricks&amp;where=run%20%3D%20%27\(id(7))"))
    #expect(page.text.contains("5 runs of this configuration"))
  }

  /// Nobody says by what a logged run is judged: the page says who did.
  @Test func aPageSaysWhereAnObjectiveComesFrom() async throws {
    let site = try Site()
    let log = RunLog(site.store)
    try await log.ensureDefault()
    let run = try await log.createRun(
      in: 0, LoggedStart(name: "r", user: "", started: 1, tags: []))
    try await log.log(
      LoggedBatch(points: [LoggedPoint("val/loss", 1, time: 1, step: 0)]), to: run)
    #expect(try await !site.get("/runs/\(run)").text.contains("<dt>objective"))
    try await log.updateRun(run, LoggedChange(status: .completed, ended: 2))
    let guessed = try await site.get("/runs/\(run)").text
    #expect(guessed.contains("minimize val/loss (from its name; a tag labbook.objective"))
    try await log.log(
      LoggedBatch(tags: [LoggedText("labbook.objective", "maximize <b>")]), to: run)
    let told = try await site.get("/runs/\(run)").text
    #expect(told.contains("maximize &lt;b&gt; (from the tag labbook.objective)"))
  }

  @Test func idsAreFoundByTheirBeginnings() async throws {
    let site = try Site(runs: 300)
    for number in [1, 150, 300] {
      let page = try await site.get("/runs/\(id(number).prefix(8))")
      #expect(page.status == 200 && page.text.contains(id(number).dropFirst(8)))
    }
    #expect(try await site.get("/runs/\(id(2).uppercased())").status == 200)
    for wrong in ["00000000000000", "xyz", String(repeating: "a", count: 4000)] {
      #expect(try await site.get("/runs/\(wrong)").status == 404)
      #expect(try await site.get("/runs/\(wrong).json").status == 404)
      #expect(try await site.post("/runs/\(wrong)/note", [.init("text", "x")]).status == 404)
    }
    // Of 300 runs several begin with one digit.
    let several = try await site.get("/runs/\(id(1).prefix(1))")
    #expect(several.status == 300)
    let names = several.text.rowNames
    let begins = try site.rows(
      "SELECT run FROM runs WHERE run LIKE '\(id(1).prefix(1))%' ORDER BY run"
    ).map { $0[0] }
    #expect(names.count == min(20, begins.count))
    #expect(zip(names, begins).allSatisfy { $1.hasPrefix($0) })
    for name in names { #expect(try await site.get("/runs/\(name)").status == 200) }
  }

  @Test func beginningsInAddressesAreLongEnough() async throws {
    let site = try Site(runs: 3)
    try site.execute(
      "UPDATE runs SET run = 'abcdefabcdefabcdefabcdefabcdef0' || id")
    let names = try await site.window("", 0, 3).rows.joined().rowNames
    #expect(names == ["1", "2", "3"].map { "abcdefabcdefabcdefabcdefabcdef0" + $0 })
    try site.execute("UPDATE runs SET run = '1234567890' || substr(run, 11) WHERE id = 2")
    let shorter = try await site.window("sort=-seed", 0, 3).rows.joined().rowNames
    #expect(shorter.contains("123456"))
  }

  @Test func theJSONIsWhatTheCommandWrites() async throws {
    let site = try Site(runs: 20)
    let reply = try await site.get("/runs/\(id(3)).json")
    let value = try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any]
    #expect(value?["run"] as? String == id(3))
    let metrics = value?["metrics"] as? [String: [String: Double]]
    let last = metrics?["val/accuracy"]?["last"] ?? .nan
    #expect(abs(last - LargeStore.quality(3)) < 1e-12)
  }

  @Test func filesAreHandedOutAsAttachmentsAndOnlyThose() async throws {
    let site = try Site(runs: 5)
    let folder = site.path + ".runs/" + id(2)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("hello\n".utf8).write(to: URL(fileURLWithPath: folder + "/files:notes.html"))
    try Data("secret\n".utf8).write(to: URL(fileURLWithPath: site.folder + "/secret"))
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: site.folder + "/secret")
    for (name, bytes) in [("files/notes.html", 6), ("../../secret", 7), ("link", 7), ("gone", 3)] {
      try site.execute(
        "INSERT INTO artifacts (run, name, path, bytes, sha256) VALUES (2, ?, ?, ?, 'x')",
        [name, "labbook.sqlite.runs/\(id(2))/\(name)", bytes])
    }
    let file = try await site.get("/runs/\(id(2))/artifacts/files/notes.html")
    #expect(file.status == 200 && file.text == "hello\n")
    #expect(
      file.headers["Content-Disposition"]?.hasPrefix("attachment; filename=\"notes.html\"") == true)
    #expect(file.headers["Content-Security-Policy"]?.contains("sandbox") == true)
    #expect(file.headers["Content-Type"] == "application/octet-stream")
    for name in [
      "..%2F..%2Fsecret", "../../secret", "link", "gone", "%2Fetc%2Fpasswd", "notes.html",
      "files:notes.html",
    ] {
      let reply = try await site.get("/runs/\(id(2))/artifacts/\(name)")
      #expect(reply.status == 404, "\(name)")
      #expect(!reply.text.contains("secret\n"), "\(name)")
    }
  }

  @Test func theEndOfALongLogIsShownAndAllOfItHandedOut() async throws {
    let site = try Site(runs: 5)
    let folder = site.path + ".runs/" + id(4) + "/program"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lines = (1...20_000).map { "line \($0)\rstep \($0)\n" }.joined()
    try Data(lines.utf8).write(
      to: URL(
        fileURLWithPath: site.store.programFolder(of: try #require(RunID(id(4)))) + "/output.1"))
    let page = try await site.get("/runs/\(id(4))")
    let log = page.text.between("<pre class=\"log\"", "</pre>")[0]
    #expect(log.hasSuffix("step 20000\n") && !log.contains("line 20000"))
    #expect(!log.contains("step 1\n") && log.utf8.count < 70_000)
    #expect(page.text.contains("The last 65.5 kB of"))
    #expect(try await site.get("/runs/\(id(4))/log").text == lines)
    #expect(try await site.get("/runs/\(id(5))/log").status == 404)
  }
}
