import TestSupport
import Testing
import Web

@Suite struct AccessTests {
  private var run: String { LargeStore.run(2) }

  @Test func whoeverOnlyReadsChangesNothing() async throws {
    let site = try Site(runs: 5)
    try site.execute("UPDATE runs SET status = 'planned' WHERE id = 2")
    let before = try site.rows("SELECT status, note, halted FROM runs ORDER BY id")
    for access in [WebAccess.reading, .tracking, .none] {
      for (address, item) in [
        ("tags", WebQuery.Item("add", "mine")), ("note", .init("text", "mine")),
        ("stop", .init("", "")),
      ] {
        let reply = try await site.post("/runs/\(run)/\(address)", [item], access)
        #expect(reply.status == 403 || reply.status == 404)
      }
    }
    #expect(try site.rows("SELECT status, note, halted FROM runs ORDER BY id") == before)
    #expect(try site.rows("SELECT tag FROM tags WHERE run = 2").isEmpty)
    let page = try await site.get("/runs/\(run)", .reading)
    #expect(!page.text.contains("method=\"post\""))
    // A read by GET changes nothing either.
    #expect(try await site.get("/runs/\(run)/stop").status == 404)
  }

  @Test(arguments: ["/", "/runs", "/runs/rows", "/runs.csv", "/experiments.json"])
  func pagesAreShownToThoseAloneWhoMaySeeThem(_ address: String) async throws {
    let site = try Site(runs: 5)
    for access in [WebAccess.none, .tracking] {
      #expect(try await site.get(address, access).status == 404)
      #expect(try await site.get("/runs/\(run)", access).status == 404)
      #expect(try await site.get("/runs/\(run).json", access).status == 404)
    }
    #expect(try await site.get(address, .reading).status == 200)
  }

  @Test func tagsAndNotesAreKept() async throws {
    let site = try Site(runs: 5)
    #expect(try await site.post("/runs/\(run)/tags", [.init("add", "köln & <b>")]).status == 303)
    #expect(try await site.post("/runs/\(run)/note", [.init("text", "a\r\nb")]).status == 303)
    #expect(try site.rows("SELECT tag FROM tags WHERE run = 2") == [["köln & <b>"]])
    #expect(try site.rows("SELECT note FROM runs WHERE id = 2") == [["a\nb"]])
    let page = try await site.get("/runs/\(run)")
    #expect(page.text.contains("köln &amp; &lt;b&gt;") && page.text.contains("a\nb</textarea>"))
    #expect(try await site.post("/runs/\(run)/tags", [.init("remove", "köln & <b>")]).status == 303)
    #expect(try site.rows("SELECT tag FROM tags WHERE run = 2").isEmpty)
    #expect(try await site.post("/runs/\(run)/note", [.init("text", " \n")]).status == 303)
    #expect(try site.rows("SELECT note FROM runs WHERE id = 2") == [[""]])
    for (address, item, words) in [
      ("tags", WebQuery.Item("add", "a,b"), "is not a tag"),
      ("tags", .init("add", ""), "is not a tag"),
      ("tags", .init("remove", "absent"), "has no tag"), ("stop", .init("", ""), "nothing to stop"),
    ] {
      let reply = try await site.post("/runs/\(run)/\(address)", [item])
      #expect(reply.status == 400)
      #expect(reply.text.between("role=\"alert\"", "</div>").first?.plain.contains(words) == true)
    }
  }

  @Test func aRunThatNobodyTrainsIsStoppedAtOnce() async throws {
    let site = try Site(runs: 5)
    try site.execute("UPDATE runs SET status = 'planned', ended_at = NULL WHERE id = 2")
    #expect(try await site.get("/runs/\(run)").text.contains("/stop\""))
    let reply = try await site.post("/runs/\(run)/stop", [])
    #expect(reply.status == 303 && reply.headers["Location"] == "/runs/\(run)")
    #expect(try site.rows("SELECT status, halted FROM runs WHERE id = 2") == [["stopped", "1"]])
    #expect(!(try await site.get("/runs/\(run)").text.contains("/stop\"")))
  }
}
