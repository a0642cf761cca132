import Foundation
import Interchange
import Pages
import Pictures
import Results
import Testing

struct IndexPageTests {
  private func folder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "labbook-test-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try body(path)
  }

  /// The head of a notebook's page.
  private func page(_ name: String, _ title: String, claims: (Int, Int), _ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/" + name, withIntermediateDirectories: true)
    let text = """
      <!DOCTYPE html>
      <meta name="generator" content="Labbook">
      <meta name="keywords" content="week-2,&lt;b&gt;&quot;">
      <meta name="labbook-claims" content="\(claims.1)">
      <meta name="labbook-claims-held" content="\(claims.0)">
      <title>\(title)</title>
      """
    try text.write(toFile: path + "/\(name)/index.html", atomically: true, encoding: .utf8)
  }

  @Test func notebooksStandByTheirTitles() throws {
    try folder { path in
      #expect(try IndexPage.write(into: path) == nil)
      try page("ten", "Part 10", claims: (2, 2), path)
      #expect(try IndexPage.write(into: path) == nil, "one notebook needs no index")
      try page("a b\"c", "Part 9 &lt;/title&gt;&lt;script&gt;", claims: (1, 3), path)
      try FileManager.default.createDirectory(
        atPath: path + "/gallery", withIntermediateDirectories: true)
      #expect(try IndexPage.write(into: path) == path + "/index.html")
      let entries = IndexPage(folder: path).entries
      #expect(entries.map(\.title) == ["Part 9 </title><script>", "Part 10"])
      #expect(entries.map(\.claims) == [3, 2] && entries.map(\.held) == [1, 2])
      #expect(entries[0].tags == ["week-2", "<b>\""])
      let text = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
      let body = text[(text.firstRange(of: "</head>")?.lowerBound ?? text.startIndex)...]
      let tags = "<span class=\"tags\"><span>week-2</span> <span>&lt;b&gt;&quot;</span></span>"
      #expect(
        body == """
          </head>
          <body>
          <header>
          <h1>Notebooks</h1>
          <p class="label">2 notebooks, 3 of 5 claims hold</p>
          </header>
          <main>
          <ul class="index">
          <li><a href="a%20b%22c/index.html">Part 9 &lt;/title&gt;&lt;script&gt;</a> \
          <span class="count not-held">✗ 1 of 3 claims</span> \(tags)</li>
          <li><a href="ten/index.html">Part 10</a> \
          <span class="count held">✓ 2 of 2 claims</span> \(tags)</li>
          </ul>
          </main>
          </body>
          </html>

          """)
      #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"))
      #expect(
        text.contains("<meta name=\"generator\" content=\"Labbook\">\n<title>Notebooks</title>"))
    }
  }

  @Test func aPageOfAnotherOriginStays() throws {
    try folder { path in
      try page("a", "A", claims: (0, 0), path)
      try page("b", "B", claims: (0, 0), path)
      try "<title>mine</title>".write(
        toFile: path + "/index.html", atomically: true, encoding: .utf8)
      #expect(try IndexPage.write(into: path) == nil)
      let text = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
      #expect(text == "<title>mine</title>")
      #expect(IndexPage(folder: path).entries.map(\.folder) == ["a", "b"])
    }
  }

  @Test func notebooksLeadToTheirNeighbours() throws {
    try folder { path in
      for (name, title) in [("b", "Part 2"), ("a", "Part 1"), ("c", "Part 10")] {
        try page(name, title, claims: (0, 0), path)
        let file = path + "/\(name)/index.html"
        let head = try String(contentsOfFile: file, encoding: .utf8)
        try (head + "\n<nav class=\"pages\"></nav>\n<main></main><nav class=\"pages\"></nav>")
          .write(toFile: file, atomically: true, encoding: .utf8)
      }
      func links(_ name: String) throws -> [String] {
        let text = try String(contentsOfFile: path + "/\(name)/index.html", encoding: .utf8)
        #expect(text.components(separatedBy: "<main></main>").count == 2)
        return text.matches(of: /<nav class="pages">(.*?)<\/nav>/).map { String($0.1) }
      }
      _ = try IndexPage.write(into: path)
      _ = try IndexPage.write(into: path)
      let up = "<a class=\"up\" href=\"../index.html\">All notebooks</a>"
      let first = up + "<a class=\"next\" rel=\"next\" href=\"../b/index.html\">Part 2 →</a>"
      #expect(try links("a") == [first, first])
      #expect(
        try links("b")[0]
          == "<a class=\"prev\" rel=\"prev\" href=\"../a/index.html\">← Part 1</a>" + up
          + "<a class=\"next\" rel=\"next\" href=\"../c/index.html\">Part 10 →</a>")
      #expect(try links("c").allSatisfy { !$0.contains("next") && $0.contains("Part 2") })
    }
  }
}
