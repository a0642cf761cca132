import Foundation
public import Languages
public import Tracking

/// The page that leads to the notebooks of a folder: their titles, tags and claims.
///
/// It lists what lies there: every `<folder>/<experiment>/index.html` that this program wrote.
public struct IndexPage: Sendable {
  /// A notebook as its page's head tells of it.
  public struct Entry: Hashable, Sendable {
    /// The folder's name.
    public let folder: String
    /// The notebook's title.
    public let title: String
    /// Words to find it by.
    public let tags: [String]
    /// How many claims it has.
    public let claims: Int
    /// How many of them hold.
    public let held: Int
    /// In which it is written.
    public var language = Language.english
  }

  /// The notebooks, by language and title; numbers in titles count as numbers.
  public let entries: [Entry]

  /// Looks what is in a folder.
  public init(folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    entries = names.compactMap { Entry(folder: $0, page: "\(folder)/\($0)/index.html") }
      .sorted { a, b in
        if a.language != b.language { return a.language.place < b.language.place }
        return a.language.isBefore(a.title, b.title) ?? (a.folder < b.folder)
      }
  }

  /// Writes `<folder>/index.html`, where there are several notebooks and no page of another origin, and
  /// leads the notebooks to it and to each other; its path.
  ///
  /// - Throws: `LabbookError` where the file cannot be written.
  public static func write(into folder: String) throws(LabbookError) -> String? {
    let page = IndexPage(folder: folder)
    let path = "\(folder)/index.html"
    guard page.entries.count > 1, PageHead(path)?.isForeign != true else { return nil }
    try OutputFile.write(Data(page.text.utf8), to: path, .own)
    try page.link(in: folder)
    return path
  }

  /// Where a page's links to the others go.
  static let emptyLinks = opening + closing
  private static let opening = "<nav class=\"pages\">"
  private static let closing = "</nav>"

  /// Writes into every notebook's page where the one before it and the one behind it are.
  private func link(in folder: String) throws(LabbookError) {
    for (place, entry) in entries.enumerated() {
      let path = "\(folder)/\(entry.folder)/index.html"
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      let parts = String(decoding: data, as: UTF8.self).components(separatedBy: Self.opening)
      guard parts.count > 1 else { continue }
      let links = links(at: place)
      let linked = parts.dropFirst().map { part in
        part.range(of: Self.closing).map { Self.opening + links + part[$0.lowerBound...] }
          ?? Self.opening + part
      }
      let text = Data((parts[0] + linked.joined()).utf8)
      if text != data { try OutputFile.write(text, to: path, .own) }
    }
  }

  private func links(at place: Int) -> String {
    let language = entries[place].language
    func link(_ place: Int, _ kind: String, _ text: (String) -> String) -> String {
      guard entries.indices.contains(place), entries[place].language == language else { return "" }
      let entry = entries[place]
      return "<a class=\"\(kind)\" rel=\"\(kind)\" href=\"../\(entry.address)/index.html\">"
        + escapedHTML(text(entry.title)) + "</a>"
    }
    return link(place - 1, "prev") { "← \($0)" }
      + "<a class=\"up\" href=\"../index.html\">\(language(.allNotebooks))</a>"
      + link(place + 1, "next") { "\($0) →" }
  }

  /// That of all notebooks, English where they have several.
  private var language: Language {
    let all = Set(entries.map(\.language))
    return all.count == 1 ? all.first ?? .english : .english
  }

  /// The file.
  public var text: String {
    let claims = entries.reduce(0) { $0 + $1.claims }
    let held = entries.reduce(0) { $0 + $1.held }
    let language = language
    let count = claims == 0 ? "" : ", " + language(.claimsHold, held, claims)
    return """
      <!DOCTYPE html>
      <html lang="\(language.code)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'">
      <meta name="generator" content="Labbook">
      <title>\(language(.notebooks))</title>
      <style>
      \(PageStyle.css)</style>
      </head>
      <body>
      <header>
      <h1>\(language(.notebooks))</h1>
      <p class="label">\(language(.notebookCount, entries.count))\(count)</p>
      </header>
      <main>
      <ul class="index">
      \(entries.map { $0.html(among: language) }.joined())</ul>
      </main>
      </body>
      </html>

      """
  }
}

extension IndexPage.Entry {
  /// Reads the head of a page; `nil` where it is none of ours.
  fileprivate init?(folder: String, page: String) {
    guard let head = PageHead(page), !head.isForeign, let title = head.title else { return nil }
    self.folder = folder
    self.title = title
    tags = (head.meta("keywords") ?? "").split(separator: ",").map(String.init)
    claims = head.meta("labbook-claims").flatMap { Int($0) } ?? 0
    held = head.meta("labbook-claims-held").flatMap { Int($0) } ?? 0
    language = head.language.flatMap { Language(code: $0) } ?? .english
  }

  /// The folder's name as a link has it.
  fileprivate var address: String {
    let plain = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
    return folder.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }

  /// The line of the notebook; it says its language where it is not that of the page.
  fileprivate func html(among language: Language) -> String {
    let own = self.language == language ? "" : " lang=\"\(self.language.code)\""
    var html = "<li\(own)><a href=\"\(address)/index.html\">\(escapedHTML(title))</a>"
    if claims > 0 {
      let isWhole = held == claims
      html +=
        " <span class=\"count \(isWhole ? "held" : "not-held")\">"
        + "\(isWhole ? "✓" : "✗") \(self.language(.claimCount, held, claims))</span>"
    }
    if !tags.isEmpty {
      html += " <span class=\"tags\">"
      html += tags.map { "<span>\(escapedHTML($0))</span>" }.joined(separator: " ") + "</span>"
    }
    return html + "</li>\n"
  }
}

/// What the first lines of a page say of it.
private struct PageHead {
  private let text: String

  /// `nil` where there is no such file.
  init?(_ path: String) {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    let bytes = (try? file.read(upToCount: 16_384)) ?? Data()
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Whether another program wrote it.
  var isForeign: Bool { meta("generator") != "Labbook" }

  /// The code of its language.
  var language: String? {
    text.firstMatch(of: /<html lang="(?<code>[a-z-]+)">/).map { String($0.output.code) }
  }

  var title: String? {
    text.firstMatch(of: /<title>(?<title>[^<]*)<\/title>/).map { Self.plain($0.output.title) }
  }

  func meta(_ name: String) -> String? {
    let head = text.components(separatedBy: "<meta name=\"\(name)\" content=\"")
    guard head.count > 1, let end = head[1].firstIndex(of: "\"") else { return nil }
    return Self.plain(head[1][..<end])
  }

  private static func plain(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
