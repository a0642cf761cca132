import CMD4C

/// A text of the user as Markdown for other readers of Markdown: without raw HTML, without links that
/// run something, and the same text as on the HTML page.
///
/// Where the text has nothing of the kind it stays letter by letter; else it is written anew.
enum SafeMarkdown {
  /// The text, with values at its marks.
  static func text(_ markdown: String, values: [InlineValue] = []) -> String {
    if !mayDefineLinks(markdown), isHarmless(markdown) {
      return InlineMark.markdown(markdown, values)
    }
    if let blocks = ProseTree(markdown).blocks {
      let written = MarkdownText(values: values).text(blocks)
      if isHarmless(written) { return written }
    }
    return MarkdownText(values: values).text([.code(markdown)])
  }

  /// Whether `[name]: address` may stand in a text: it would be in force in all of a page, where the
  /// name may stand in another text.
  private static func mayDefineLinks(_ markdown: String) -> Bool {
    guard markdown.contains("]:") else { return false }
    return markdown.split(whereSeparator: \.isNewline).contains { line in
      line.drop { " \t>-*+.)0123456789".contains($0) }.first == "["
    }
  }

  /// Whether a text may go to readers of Markdown as it is.
  ///
  /// They differ in what they know of tables and mathematics, so that it is read in several ways.
  static func isHarmless(_ markdown: String) -> Bool {
    if shownOnPage(markdown) != markdown { return false }
    let all = MarkdownParser.flagsWithHTML
    let tables = UInt32(MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH)
    let mathematics = UInt32(MD_FLAG_LATEXMATHSPANS)
    return [all, all & ~mathematics, all & ~tables, all & ~tables & ~mathematics]
      .allSatisfy { MarkdownScan.isHarmless(markdown, flags: $0) }
  }
}

/// Reads a text in one way and looks for what other readers would do with it.
private final class MarkdownScan: MarkdownListener {
  private var isHarmless = true
  private var isEndSeen = false
  private var blocks: [MD_BLOCKTYPE] = []
  private var equation: String?

  /// A paragraph behind the text must stay one: the text leaves nothing open.
  private static let end = "\u{F0002}"

  static func isHarmless(_ markdown: String, flags: UInt32) -> Bool {
    let scan = MarkdownScan()
    let isRead = MarkdownParser.parse(markdown + "\n\n" + end, flags: flags, scan)
    return isRead && scan.isHarmless && scan.isEndSeen
  }

  func enter(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    if block == MD_BLOCK_HTML { isHarmless = false }
    blocks.append(block)
  }

  func leave(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) { blocks.removeLast() }

  func enter(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch span {
    case MD_SPAN_A:
      check(detail?.assumingMemoryBound(to: MD_SPAN_A_DETAIL.self).pointee.href)
    case MD_SPAN_IMG:
      check(detail?.assumingMemoryBound(to: MD_SPAN_IMG_DETAIL.self).pointee.src)
    case MD_SPAN_LATEXMATH, MD_SPAN_LATEXMATH_DISPLAY: equation = ""
    default: break
    }
  }

  private func check(_ target: MD_ATTRIBUTE?) {
    if LinkTarget(target) == .nowhere { isHarmless = false }
  }

  func leave(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    guard span == MD_SPAN_LATEXMATH || span == MD_SPAN_LATEXMATH_DISPLAY else { return }
    // Other readers know commands that make links and HTML.
    let isKnown = Equation(equation ?? "", isDisplayed: false, isInTable: false) != nil
    if !isKnown { isHarmless = false }
    equation = nil
  }

  func text(_ kind: MD_TEXTTYPE, _ bytes: UnsafeBufferPointer<CChar>) {
    let text = MarkdownParser.string(bytes)
    if text.contains(Self.end) {
      isEndSeen = kind == MD_TEXT_NORMAL && blocks == [MD_BLOCK_DOC, MD_BLOCK_P]
    }
    if equation != nil {
      equation? += kind == MD_TEXT_SOFTBR || kind == MD_TEXT_BR ? " " : text
    }
    switch kind {
    case MD_TEXT_HTML, MD_TEXT_NULLCHAR: isHarmless = false
    case MD_TEXT_ENTITY: if shownReference(text) != text { isHarmless = false }
    case MD_TEXT_CODE, MD_TEXT_LATEXMATH:
      // A value cannot be escaped in code, and a cell ends at its sign in other readers' code.
      let isCell = blocks.contains(MD_BLOCK_TABLE) && text.contains("|")
      if InlineMark.isIn(text) || isCell { isHarmless = false }
    default: break
    }
  }
}
