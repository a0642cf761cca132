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
    var pictures = 0
    for block in page.blocks { body += html(block, &pictures) }
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
      \(PageStyle.css)</style>
      </head>
      <body>
      \(body)</main>
      \(footer)</body>
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

  private func html(_ block: NotebookPage.Block, _ pictures: inout Int) -> String {
    switch block {
    case .prose(let prose): return MarkdownHTML(prose.markdown, values: prose.values).text
    case .sweep(let sweep): return html(sweep)
    case .picture(let picture):
      pictures += 1
      return html(picture, number: pictures)
    case .table(let table): return html(table)
    case .claim(let claim): return html(claim)
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

  private func html(_ picture: NotebookPage.Picture, number: Int) -> String {
    var body = ""
    if let problem = picture.problem { body = missing("\(picture.caption): \(problem)") }
    if let svg = picture.svg {
      if let drawing = InlineSVG.text(svg, number: number) {
        let label = escapedHTML(picture.caption)
        let width = InlineSVG.width(of: svg).map { " style=\"--width: \($0)px\"" } ?? ""
        body +=
          "<div class=\"picture\" role=\"img\" tabindex=\"0\" aria-label=\"\(label)\"\(width)>"
          + "\(drawing)</div>\n"
      } else {
        body += missing("the picture \(picture.file ?? "") is not whole")
      }
    }
    return "<figure>\n\(body)</figure>\n"
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
      "<\(tag)\(right[index] ? " class=\"number\"" : "")>\(escapedHTML(text))</\(tag)>"
    }
    let kind = table.columns.count > 8 ? " class=\"dense\"" : ""
    var html = "<div class=\"wide\" tabindex=\"0\"><table\(kind)>\n<thead>\n<tr>"
    for (index, column) in table.columns.enumerated() { html += cell("th", index, column.name) }
    html += "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      html += "<tr>"
      for (index, item) in row.enumerated() { html += cell("td", index, item.text) }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div>\n"
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
