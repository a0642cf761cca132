/// A text of the user as HTML that only shows: raw HTML is text, a link stays within the page's own
/// folder, and the address of another is there to be copied.
///
/// Mathematics becomes MathML, or code where it is not understood.
struct MarkdownHTML {
  /// The HTML.
  private(set) var text = ""
  /// Whether there is a heading of the first level.
  let hasTitle: Bool
  private let values: [InlineValue]

  /// Renders Markdown.
  ///
  /// - Parameters:
  ///   - markdown: the text, in which `InlineMark`s may stand.
  ///   - values: what stands at the marks.
  init(_ markdown: String, values: [InlineValue] = []) {
    self.values = values
    let tree = ProseTree(markdown)
    hasTitle = tree.hasTitle
    if let blocks = tree.blocks {
      for block in blocks { write(block) }
    } else {
      text = "<pre>" + escapedHTML(InlineMark.plain(markdown, values)) + "</pre>\n"
    }
  }

  // MARK: Blocks

  private mutating func write(_ block: ProseTree.Block) {
    switch block {
    case .paragraph(let inlines): text += "<p>" + html(inlines) + "</p>\n"
    case .line(let inlines): text += html(inlines)
    case .heading(let level, let inlines):
      text += "<h\(level)>" + html(inlines) + "</h\(level)>\n"
    case .quote(let blocks):
      text += "<blockquote>\n"
      for block in blocks { write(block) }
      text += "</blockquote>\n"
    case .list(let list): write(list)
    case .code(let code):
      text += "<pre><code>" + InlineMark.html(code, values) + "</code></pre>\n"
    case .rule: text += "<hr>\n"
    case .table(let table): write(table)
    }
  }

  private mutating func write(_ list: ProseTree.List) {
    if let start = list.start {
      text += start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n"
    } else {
      text += "<ul>\n"
    }
    for item in list.items {
      text += "<li>"
      for block in item { write(block) }
      text += "</li>\n"
    }
    text += list.start == nil ? "</ul>\n" : "</ol>\n"
  }

  private mutating func write(_ table: ProseTree.Table) {
    func row(_ tag: String, _ cells: [[ProseTree.Inline]]) -> String {
      let texts = cells.enumerated().map { place, cell in
        let alignment = place < table.alignments.count ? table.alignments[place] : .none
        return "<\(tag)\(Self.attribute(alignment))>" + html(cell, isInTable: true) + "</\(tag)>"
      }
      return "<tr>" + texts.joined() + "</tr>\n"
    }
    text += "<div class=\"wide\"><table>\n<thead>\n" + row("th", table.header) + "</thead>\n"
    if !table.rows.isEmpty {
      text += "<tbody>\n" + table.rows.map { row("td", $0) }.joined() + "</tbody>\n"
    }
    text += "</table></div>\n"
  }

  private static func attribute(_ alignment: ProseTree.Alignment) -> String {
    switch alignment {
    case .right: " class=\"number\""
    case .middle: " class=\"middle\""
    case .left, .none: ""
    }
  }

  // MARK: Lines

  private func html(_ inlines: [ProseTree.Inline], isInTable: Bool = false) -> String {
    inlines.map { html($0, isInTable) }.joined()
  }

  private func html(_ inline: ProseTree.Inline, _ isInTable: Bool) -> String {
    switch inline {
    case .text(let text): return InlineMark.html(text, values)
    case .reference(let reference): return shownReference(reference)
    case .softBreak: return "\n"
    case .hardBreak: return "<br>\n"
    case .styled(let style, let inlines):
      let tag = Self.tag(style)
      return "<\(tag)>" + html(inlines, isInTable: isInTable) + "</\(tag)>"
    case .code(let code): return "<code>" + InlineMark.html(code, values) + "</code>"
    case .equation(let source, let isDisplayed):
      let source = InlineMark.plain(source, values)
      let equation = Equation(source, isDisplayed: isDisplayed, isInTable: isInTable)
      return equation?.mathML ?? "<code class=\"tex\">\(escapedHTML(source))</code>"
    case .link(let target, let inlines): return link(target, html(inlines, isInTable: isInTable))
    case .picture(_, let inlines): return html(inlines, isInTable: isInTable)
    }
  }

  private static func tag(_ style: ProseTree.Style) -> String {
    switch style {
    case .emphasis: "em"
    case .strong: "strong"
    case .struck: "del"
    }
  }

  /// The page leads to no other host.
  private func link(_ target: LinkTarget, _ text: String) -> String {
    switch target {
    case .inside(let path): return "<a href=\"\(escapedHTML(path))\">" + text + "</a>"
    case .outside(let address):
      let shown = escapedHTML(address)
      return text == shown ? text : text + " <span class=\"address\">(\(shown))</span>"
    case .nowhere: return text
    }
  }
}
