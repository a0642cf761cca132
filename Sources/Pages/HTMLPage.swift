import Foundation
import Results
import Terminal

/// A notebook as one HTML file: pictures inside, no script, nothing from elsewhere.
public struct HTMLPage {
  private let page: NotebookPage

  /// Renders a page.
  public init(_ page: NotebookPage) { self.page = page }

  /// The file.
  public var text: String {
    let heading = page.hasOwnTitle ? "p class=\"title\"" : "h1"
    let close = page.hasOwnTitle ? "p" : "h1"
    var body = "<header>\n<\(heading)>\(escapedHTML(page.title))</\(close)>\n"
    if !page.tags.isEmpty {
      body += "<p class=\"tags\">"
      body += page.tags.map { "<span>\(escapedHTML($0))</span>" }.joined(separator: " ")
      body += "</p>\n"
    }
    body += "</header>\n<main>\n"
    var drawings = Drawings()
    for block in page.blocks { body += html(block, &drawings) }
    return """
      <!DOCTYPE html>
      <html lang="en">
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
      \(PageStyle.css)\(drawings.palette.css)</style>
      </head>
      <body>
      \(IndexPage.emptyLinks)
      \(body)</main>
      \(footer)\(IndexPage.emptyLinks)
      </body>
      </html>

      """
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
  private struct Drawings {
    var count = 0
    var palette = ThemedSVG.Palette()
  }

  private func html(_ block: NotebookPage.Block, _ drawings: inout Drawings) -> String {
    switch block {
    case .prose(let prose): return MarkdownHTML(prose.markdown, values: prose.values).text
    case .sweep(let sweep): return html(sweep)
    case .picture(let picture):
      drawings.count += 1
      return html(picture, &drawings)
    case .table(let table): return html(table)
    case .claim(let claim): return html(claim)
    case .exercise(let exercise): return exercise.html
    }
  }

  // MARK: Cells

  private func html(_ sweep: NotebookPage.Sweep) -> String {
    "<section class=\"sweep\">\n<p class=\"label\">sweep <strong>\(escapedHTML(sweep.name))"
      + "</strong></p>\n" + html(sweep.facts)
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
    if let problem = picture.problem { body = missing("\(picture.caption): \(problem)") }
    if let svg = picture.svg {
      let drawing = drawing(picture, svg, &drawings)
      body += drawing ?? missing("the picture \(picture.file ?? "") is not whole")
    }
    return "<figure>\n\(body)</figure>\n"
  }

  /// A drawing in the reader's colours where it has none of its own.
  private func drawing(
    _ picture: NotebookPage.Picture, _ svg: String, _ drawings: inout Drawings
  ) -> String? {
    let width = InlineSVG.width(of: svg).map { " style=\"--width: \($0)px\"" } ?? ""
    let words = picture.caption + (picture.details.isEmpty ? "" : ". " + picture.details)
    func block(_ kind: String, _ drawing: String) -> String {
      "<div class=\"picture\(kind)\" role=\"img\" aria-label=\"\(escapedHTML(words))\"\(width)>"
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

  private func missing(_ problem: String) -> String {
    "<p class=\"missing\">\(escapedHTML(problem))</p>\n"
  }

  private func html(_ block: NotebookPage.TableBlock) -> String {
    let caption = "<figcaption>\(escapedHTML(block.title))</figcaption>\n"
    let body = block.table.map(Self.table) ?? missing(block.problem ?? "there are no rows")
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
      + "<p class=\"verdict\">\(claim.verdict.words)</p>\n"
      + MarkdownHTML(claim.sentence).text
      + "<p class=\"that\"><code>\(escapedHTML(claim.expression))</code></p>\n"
      + (details.isEmpty
        ? "" : "<ul>\n" + details.map { "<li>\(escapedHTML($0))</li>\n" }.joined() + "</ul>\n")
      + "</section>\n"
  }

  private var footer: String {
    var text = "<footer>\n<p class=\"label\">How this was made</p>\n" + html(page.origin)
    if !page.settings.isEmpty {
      text += "<details>\n<summary>What all runs have in common</summary>\n"
      text += html(page.settings) + "</details>\n"
    }
    return text + "</footer>\n"
  }
}
