import Foundation
import GRDB
import TestSupport
import Testing
import Web

@Suite struct EscapingTests {
  private static let evil = "<script>alert(\"1\")</script>'\u{202E}gnp.\u{0}x"
  private static let plain = "<script>alert(\"1\")</script>'"

  /// A store in which every text that somebody may choose is a hostile one.
  private func hostile() throws -> Site {
    let site = try Site(runs: 20)
    let long = String(repeating: "very long ", count: 1000) + Self.plain
    let evil = String(Self.evil.filter { $0 != "\u{0}" })
    try site.execute("UPDATE experiments SET name = ?, title = ? WHERE id = 1", [evil, long])
    try site.execute("UPDATE sweeps SET name = ? WHERE id = 1", [evil + " sweep"])
    try site.execute("UPDATE runs SET message = ?, note = ? WHERE id % 2 = 0", [evil, long])
    try site.execute("INSERT INTO tags (run, tag) SELECT id, ? FROM runs", [Self.plain])
    try site.execute("UPDATE parameter_keys SET key = ? WHERE key = 'train.model'", [evil])
    try site.execute(
      "UPDATE parameter_values SET value = ? WHERE value = '\"adam\"'",
      ["\"<img src=x onerror=alert(1)>\""])
    try site.execute(
      "UPDATE parameter_values SET value = ? WHERE value = '0.0001'",
      ["\"\(Self.plain.dropLast(40))\""])
    try site.execute("UPDATE metrics SET name = ? WHERE id = 1", [evil + "/loss"])
    try site.execute(
      "INSERT INTO environments (id, digest) VALUES (1, 'd')")
    try site.execute("INSERT INTO environment_values VALUES (1, ?, ?)", [Self.plain, long])
    try site.execute("UPDATE runs SET environment = 1")
    try site.execute(
      "INSERT INTO artifacts (run, name, path, bytes, sha256) VALUES (2, ?, 'x', 1, 'y')", [evil])
    return site
  }

  @Test func noTextOfSomebodyElseIsMarkup() async throws {
    let site = try hostile()
    let run = LargeStore.run(2)
    let sweep = "experiment=\(WebQuery.encoded(String(Self.evil.filter { $0 != "\u{0}" })))"
    for address in [
      "/", "/runs", "/runs?by=config", "/runs?group=optimizer", "/runs/\(run)", "/runs?\(sweep)",
      "/runs?columns=note,message,tag,experiment,sweep", "/runs/\(LargeStore.run(3))",
      "/runs?where=\(WebQuery.encoded(Self.plain))", "/runs?pin=\(WebQuery.encoded(Self.plain))",
      "/runs?sort=\(WebQuery.encoded(Self.plain))", "/runs/\(WebQuery.encoded(Self.plain))",
      "/runs?columns=\(WebQuery.encoded(Self.plain))", "/runs?go=compare&select=%3Cscript%3Ealert",
      "/runs?group=\(WebQuery.encoded(Self.plain))", "/runs?experiment=%3Cscript%3Ealert(1)",
    ] {
      let page = try await site.get(address).text
      #expect(!page.lowercased().contains("<script>alert"), "\(address)")
      #expect(!page.contains("<img"), "\(address)")
      #expect(!page.contains("\u{202E}"), "\(address)")
      #expect(page.utf8.count < 600_000, "\(address)")
    }
    #expect(try await site.get("/runs").text.contains("&lt;script&gt;alert"))
  }

  /// The content policy forbids what stands inline, so a page that has it is broken.
  @Test func pagesHaveNothingInline() async throws {
    let site = try hostile()
    for address in ["/", "/runs", "/runs?by=config", "/runs/\(LargeStore.run(2))", "/runs/ff"] {
      let page = try await site.get(address).text
      let tags = page.between("<", ">")
      let names = tags.filter { !$0.hasPrefix("!") }
      for tag in names where !tag.hasPrefix("/") {
        // Values of attributes are escaped, so that a quote in a tag begins or ends one.
        let parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
        #expect(parts.count % 2 == 1, "\(tag)")
        let attributes = parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
        #expect(!attributes.contains(" style="), "\(tag)")
        #expect(attributes.firstMatch(of: #/ on[a-z]+=/#) == nil, "\(tag)")
        if tag.hasPrefix("script") { #expect(attributes.contains("src="), "\(tag)") }
      }
      for link in page.between("src=\"", "\"") + page.between("href=\"", "\"") {
        #expect(link.hasPrefix("/") || link.hasPrefix("#"), "\(address): \(link)")
      }
    }
  }

  /// Every link of a page and every form leads to an address that some view answers.
  @Test func tagsAreClosedInTheirOrder() async throws {
    let site = try hostile()
    let empty: Set = ["input", "meta", "link", "br", "circle", "rect", "path"]
    for address in [
      "/", "/runs", "/runs?by=config", "/runs?group=optimizer", "/runs/\(LargeStore.run(2))",
      "/runs?where=lr+%3C", "/runs/ff", "/runs?pin=\(LargeStore.run(2).prefix(8)),zz",
    ] {
      var open: [String] = []
      for tag in try await site.get(address).text.between("<", ">") where !tag.hasPrefix("!") {
        let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
        if empty.contains(name) { continue }
        if tag.hasPrefix("/") {
          #expect(open.popLast() == name, "\(address): \(tag) after \(open.suffix(3))")
        } else {
          open.append(name)
        }
      }
      #expect(open.isEmpty, "\(address)")
    }
  }
}
