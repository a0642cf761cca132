import Foundation
import GnuplotBackend
import Languages
import Results
import Terminal

/// A notebook as one HTML file: pictures inside, no script, nothing from elsewhere.
public struct HTMLPage {
  private let page: NotebookPage
  private var language: Language { page.language }

  /// Renders a page.
  public init(_ page: NotebookPage) { self.page = page }

  /// The file.
  public var text: String {
    var body = header + "<main>\n"
    var drawings = Drawings()
    for block in page.blocks { body += html(block, &drawings) }
    return """
      <!DOCTYPE html>
      <html lang="\(page.language.code)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'">
      <meta name="generator" content="Labbook">
      \(metas)\
      <title>\(escapedHTML(page.title))</title>
      <style>
      \(PageStyle.css)\(drawings.css)</style>
      </head>
      <body>
      \(IndexPage.emptyLinks)
      \(body)</main>
      \(footer)\(IndexPage.emptyLinks)
      </body>
      </html>

      """
  }

  /// The title and the tags.
  var header: String {
    let heading = page.hasOwnTitle ? "p class=\"title\"" : "h1"
    let close = page.hasOwnTitle ? "p" : "h1"
    var body = "<header>\n<\(heading)>\(escapedHTML(page.title))</\(close)>\n"
    if !page.tags.isEmpty {
      body += "<p class=\"tags\">"
      body += page.tags.map { "<span>\(escapedHTML($0))</span>" }.joined(separator: " ")
      body += "</p>\n"
    }
    return body + "</header>\n"
  }

  /// What the index page of a folder tells of this one.
  private var metas: String {
    var verdicts: [ClaimVerdict] = []
    for case .claim(let claim) in page.blocks { verdicts.append(claim.verdict) }
    let facts = [
      ("keywords", page.tags.joined(separator: ",")), ("labbook-claims", String(verdicts.count)),
      ("labbook-claims-held", String(verdicts.count { $0 == .held })),
    ]
    return facts.map { "<meta name=\"\($0.0)\" content=\"\(escapedHTML($0.1))\">\n" }.joined()
  }

  /// The drawings of a page so far, and their colours.
  struct Drawings {
    var count = 0
    var palette = ThemedSVG.Palette()
    /// How many moments the pictures have that move.
    var moments: Set<Int> = []

    /// The styles of what stands in them.
    var css: String {
      palette.css
        + moments.sorted().map {
          MovingStyle.css(moments: $0, within: ".moving-\($0)") + "\n"
        }.joined()
    }
  }

  /// One cell.
  func html(_ block: NotebookPage.Block, _ drawings: inout Drawings) -> String {
    switch block {
    case .prose(let prose): return MarkdownHTML(prose.markdown, values: prose.values).text
    case .sweep(let sweep): return html(sweep)
    case .picture(let picture):
      drawings.count += 1
      return html(picture, &drawings)
    case .table(let table): return html(table)
    case .claim(let claim): return html(claim)
    case .exercise(let exercise): return exercise.html(language)
    }
  }

  // MARK: Cells

  /// A sweep with what is shown below its facts.
  func html(_ sweep: NotebookPage.Sweep, below: String = "") -> String {
    "<section class=\"sweep\">\n<p class=\"label\">"
      + "\(escapedHTML(language(.sweepLabel))) <strong>\(escapedHTML(sweep.name))</strong></p>\n"
      + html(sweep.facts)
      + below
      + sweep.notes.map { "<p class=\"note\">\(escapedHTML($0))</p>\n" }.joined()
      + "</section>\n"
  }

  private func html(_ facts: [NotebookPage.Fact]) -> String {
    "<dl>\n"
      + facts.map {
        "<div><dt>\(escapedHTML($0.name))</dt><dd>\(escapedHTML($0.text))</dd></div>\n"
      }.joined() + "</dl>\n"
  }

  private func html(_ picture: NotebookPage.Picture, _ drawings: inout Drawings) -> String {
    var body = ""
    if let problem = picture.problem {
      body = missing("\(picture.caption): \(problem.text)", isEnglish: problem.isEnglish)
    }
    if let svg = picture.svg {
      let drawing = drawing(picture, svg, &drawings)
      body += drawing ?? missing(language(.pictureNotWhole, picture.file ?? ""))
    }
    return "<figure>\n\(body)</figure>\n"
  }

  /// A drawing in the reader's colours where it has none of its own.
  private func drawing(
    _ picture: NotebookPage.Picture, _ svg: String, _ drawings: inout Drawings
  ) -> String? {
    let width = InlineSVG.width(of: svg).map { " style=\"--width: \($0)px\"" } ?? ""
    let words = picture.caption + (picture.details.isEmpty ? "" : ". " + picture.details)
    let moments = InlineSVG.moments(of: svg)
    if let moments { drawings.moments.insert(moments) }
    // The keyboard stops the movement, as the pointer does.
    let moving = moments.map { " moving-\($0)\" tabindex=\"0" } ?? ""
    func block(_ kind: String, _ drawing: String) -> String {
      "<div class=\"picture\(kind)\(moving)\" role=\"img\""
        + " aria-label=\"\(escapedHTML(words))\"\(width)>"
        + drawing + "</div>\n"
    }
    let number = drawings.count
    guard let night = picture.night else {
      return InlineSVG.text(svg, number: number).map { block("", $0) }
    }
    if let both = ThemedSVG.text(day: svg, night: night, &drawings.palette) {
      return InlineSVG.text(both, number: number, hasGround: false).map { block(" themed", $0) }
    }
    guard let day = InlineSVG.text(svg, number: number, hasGround: false) else { return nil }
    drawings.count += 1
    let dark = InlineSVG.text(night, number: drawings.count, hasGround: false) ?? day
    return block(" themed day", day) + block(" themed night", dark)
  }

  /// What stands where a cell is not whole.
  func missing(_ problem: String, isEnglish: Bool = false) -> String {
    let lang = isEnglish && language != .english ? " lang=\"en\"" : ""
    return "<p class=\"missing\"\(lang)>\(escapedHTML(problem))</p>\n"
  }

  private func html(_ block: NotebookPage.TableBlock) -> String {
    let caption = "<figcaption>\(escapedHTML(block.title))</figcaption>\n"
    let problem = block.problem
    let body =
      block.table.map(Self.table)
      ?? missing(problem?.text ?? language(.noRows), isEnglish: problem?.isEnglish == true)
    let note = block.note.map { "<p class=\"remark\">\(escapedHTML($0))</p>\n" } ?? ""
    return "<figure class=\"table\">\n\(caption)\(body)\(note)</figure>\n"
  }

  /// A table alone.
  static func table(_ table: Table) -> String {
    let right = table.columns.indices.map { index in
      table.rows.contains { $0[index].isRightAligned }
    }
    func cell(_ tag: String, _ index: Int, _ text: String) -> String {
      "<\(tag)\(tag == "th" ? " scope=\"col\"" : "")\(right[index] ? " class=\"number\"" : "")>"
        + "\(escapedHTML(text))</\(tag)>"
    }
    let kind = table.columns.count > 8 ? " class=\"dense\"" : ""
    var html = "<div class=\"wide\"\(scrolls(table) ? " tabindex=\"0\"" : "")>"
    html += "<table\(kind)>\n<thead>\n<tr>"
    for (index, column) in table.columns.enumerated() { html += cell("th", index, column.name) }
    html += "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      html += "<tr>"
      for (index, item) in row.enumerated() { html += cell("td", index, item.text) }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div>\n"
  }

  /// Whether a table is wider than the text of a page on a screen of a usual size, so that keys have to
  /// move it.
  private static func scrolls(_ table: Table) -> Bool {
    let letters = table.columns.indices.reduce(0) { sum, index in
      let widest = table.rows.map { $0[index].text.count }.max() ?? 0
      return sum + min(48, max(widest, table.columns[index].name.count)) + 2
    }
    return letters > 115
  }

  private func html(_ claim: NotebookPage.Claim) -> String {
    let details = claim.details
    let kind = claim.verdict.words.replacing(" ", with: "-")
    return "<section class=\"claim \(kind)\">\n"
      + "<p class=\"verdict\">\(language(.claimIs, claim.verdict.words(language)))</p>\n"
      + MarkdownHTML(claim.sentence).text
      + "<p class=\"that\"><code>\(escapedHTML(claim.expression))</code></p>\n"
      + (details.isEmpty
        ? "" : "<ul>\n" + details.map { "<li>\(escapedHTML($0))</li>\n" }.joined() + "</ul>\n")
      + "</section>\n"
  }

  /// How the page was made.
  var footer: String {
    var text = "<footer>\n<p class=\"label\">\(language(.howMade))</p>\n" + html(page.origin)
    if !page.settings.isEmpty {
      text += "<details>\n<summary>\(language(.inCommon))</summary>\n"
      text += html(page.settings) + "</details>\n"
    }
    return text + "</footer>\n"
  }
}
