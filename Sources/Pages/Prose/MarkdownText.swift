/// A tree as Markdown that every reader of Markdown takes for this tree: what is text in it is escaped.
struct MarkdownText {
  private let values: [InlineValue]

  /// Writes with the values that stand at marks.
  init(values: [InlineValue]) { self.values = values }

  /// Blocks from the top, with a blank line between them.
  func text(_ blocks: [ProseTree.Block], isTight: Bool = false) -> String {
    blocks.map(text).joined(separator: isTight ? "\n" : "\n\n")
  }

  private func text(_ block: ProseTree.Block) -> String {
    switch block {
    case .paragraph(let inlines), .line(let inlines): return lines(inlines)
    case .heading(let level, let inlines):
      let words = text(inlines).split(separator: "\n").map { Self.line($0) }
      return String(repeating: "#", count: level) + " " + words.joined(separator: " ")
    case .quote(let blocks): return Self.indented(text(blocks), first: "> ", others: "> ")
    case .list(let list): return text(list)
    case .code(let code): return self.code(code)
    // Of underscores, which begin no item of a list.
    case .rule: return "___"
    case .table(let table): return text(table)
    }
  }

  /// A paragraph; none of its lines begins another block.
  private func lines(_ inlines: [ProseTree.Inline]) -> String {
    let lines = text(inlines).split(separator: "\n", omittingEmptySubsequences: true)
    return lines.map { escapedLineStart(Self.line($0)) }.joined(separator: "\n")
  }

  private static func line(_ text: Substring) -> String {
    String(text.drop { $0 == " " })
  }

  private func text(_ list: ProseTree.List) -> String {
    list.items.enumerated().map { place, item in
      let sign = list.start.map { "\($0 + place)\(list.mark)" } ?? String(list.mark)
      let body = text(item, isTight: list.isTight)
      let room = String(repeating: " ", count: sign.count + 1)
      return body.isEmpty ? sign : Self.indented(body, first: sign + " ", others: room)
    }.joined(separator: list.isTight ? "\n" : "\n\n")
  }

  private static func indented(_ text: String, first: String, others: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { place, line in
        let sign = place == 0 ? first : others
        return line.isEmpty ? String(sign.prefix { $0 != " " }) : sign + line
      }.joined(separator: "\n")
  }

  private func code(_ code: String) -> String {
    let body = shownOnPage(InlineMark.plain(code, values))
    let fence = String(repeating: "`", count: max(3, Self.longestTicks(body) + 1))
    let end = body.isEmpty || body.hasSuffix("\n") ? "" : "\n"
    return fence + "\n" + body + end + fence
  }

  private static func longestTicks(_ text: String) -> Int {
    text.split { $0 != "`" }.map(\.count).max() ?? 0
  }

  private func text(_ table: ProseTree.Table) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    func row(_ cells: [[ProseTree.Inline]]) -> String {
      line(cells.map { text($0, isInTable: true).replacing("\n", with: " ") })
    }
    let rule = table.alignments.map { alignment in
      switch alignment {
      case .none: "---"
      case .left: ":---"
      case .middle: ":---:"
      case .right: "---:"
      }
    }
    return ([row(table.header), line(rule)] + table.rows.map(row)).joined(separator: "\n")
  }

  // MARK: Within a line

  private func text(_ inlines: [ProseTree.Inline], isInTable: Bool = false) -> String {
    inlines.map { text($0, isInTable) }.joined()
  }

  private func text(_ inline: ProseTree.Inline, _ isInTable: Bool) -> String {
    switch inline {
    case .text(let text): return InlineMark.escaped(text, values)
    case .reference(let reference): return shownReference(reference)
    case .softBreak: return "\n"
    case .hardBreak: return isInTable ? " " : "\\\n"
    case .styled(let style, let inlines):
      let sign = Self.sign(style)
      return sign + text(inlines, isInTable: isInTable) + sign
    case .code(let code): return span(InlineMark.plain(code, values), isInTable)
    case .equation(let source, let isDisplayed):
      return equation(InlineMark.plain(source, values), isDisplayed, isInTable)
    case .link(let target, let inlines):
      return link(target, text(inlines, isInTable: isInTable), inlines)
    case .picture(let target, let inlines):
      let words = text(inlines, isInTable: isInTable)
      return target.address.map { "![\(words)](\(Self.escaped($0)))" } ?? words
    }
  }

  private static func sign(_ style: ProseTree.Style) -> String {
    switch style {
    case .emphasis: "*"
    case .strong: "**"
    case .struck: "~~"
    }
  }

  /// Code between more backticks than it has; a cell's code cannot have the sign that ends a cell.
  private func span(_ code: String, _ isInTable: Bool) -> String {
    let code = shownOnPage(code.replacing("\n", with: " "))
    if code.isEmpty || isInTable && code.contains("|") { return escapedSigns(code) }
    let ticks = String(repeating: "`", count: Self.longestTicks(code) + 1)
    let isPadded =
      code.hasPrefix("`") || code.hasSuffix("`")
      || code.hasPrefix(" ") && code.hasSuffix(" ") && code.contains { $0 != " " }
    return ticks + (isPadded ? " \(code) " : code) + ticks
  }

  private func equation(_ source: String, _ isDisplayed: Bool, _ isInTable: Bool) -> String {
    let equation = Equation(source, isDisplayed: isDisplayed, isInTable: isInTable)
    guard let tex = equation?.tex else { return span(source, isInTable) }
    return isDisplayed ? "$$\(tex)$$" : "$\(tex)$"
  }

  private func link(_ target: LinkTarget, _ words: String, _ inlines: [ProseTree.Inline]) -> String
  {
    guard let address = target.address else { return words }
    if case .outside = target, inlines.count == 1, case .text(address)? = inlines.first,
      !address.hasPrefix("//"), !address.contains(where: { "<>&".contains($0) })
    {
      return "<\(address)>"
    }
    return "[\(words)](\(Self.escaped(address)))"
  }

  /// An address within the brackets of a link.
  private static func escaped(_ address: String) -> String {
    var result = ""
    for scalar in address.unicodeScalars {
      if scalar == "&" {
        result += "&amp;"
        continue
      }
      if "()<>[]$*_|~`\"!".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
