import CMD4C
import Foundation

/// Writes HTML while Markdown is read.
final class MarkdownWriter: MarkdownListener {
  private(set) var html = ""
  private(set) var hasTitle = false
  private let values: [InlineValue]
  /// The letters of the equation that is being read.
  private var equation: String?
  /// How many pictures are open; their text stands for them.
  private var picture = 0
  /// Where the text of the open link began, and where it leads.
  private var link: (start: Int, destination: Link)?

  init(_ values: [InlineValue]) { self.values = values }

  /// Where a link leads.
  private enum Link {
    case inside(String)
    case outside(String)
    case nowhere
  }

  func enter(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch block {
    case MD_BLOCK_QUOTE: html += "<blockquote>\n"
    case MD_BLOCK_UL: html += "<ul>\n"
    case MD_BLOCK_OL:
      let start = detail?.assumingMemoryBound(to: MD_BLOCK_OL_DETAIL.self).pointee.start ?? 1
      html += start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n"
    case MD_BLOCK_LI: html += "<li>"
    case MD_BLOCK_HR: html += "<hr>\n"
    case MD_BLOCK_H:
      let level = Self.level(detail)
      if level == 1 { hasTitle = true }
      html += "<h\(level)>"
    case MD_BLOCK_CODE: html += "<pre><code>"
    case MD_BLOCK_P: html += "<p>"
    case MD_BLOCK_TABLE: html += "<div class=\"wide\"><table>\n"
    case MD_BLOCK_THEAD: html += "<thead>\n"
    case MD_BLOCK_TBODY: html += "<tbody>\n"
    case MD_BLOCK_TR: html += "<tr>"
    case MD_BLOCK_TH: html += "<th\(Self.alignment(detail))>"
    case MD_BLOCK_TD: html += "<td\(Self.alignment(detail))>"
    default: break
    }
  }

  func leave(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch block {
    case MD_BLOCK_QUOTE: html += "</blockquote>\n"
    case MD_BLOCK_UL: html += "</ul>\n"
    case MD_BLOCK_OL: html += "</ol>\n"
    case MD_BLOCK_LI: html += "</li>\n"
    case MD_BLOCK_H: html += "</h\(Self.level(detail))>\n"
    case MD_BLOCK_CODE: html += "</code></pre>\n"
    case MD_BLOCK_P: html += "</p>\n"
    case MD_BLOCK_TABLE: html += "</table></div>\n"
    case MD_BLOCK_THEAD: html += "</thead>\n"
    case MD_BLOCK_TBODY: html += "</tbody>\n"
    case MD_BLOCK_TR: html += "</tr>\n"
    case MD_BLOCK_TH: html += "</th>"
    case MD_BLOCK_TD: html += "</td>"
    default: break
    }
  }

  private static func level(_ detail: UnsafeMutableRawPointer?) -> UInt32 {
    detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level ?? 6
  }

  private static func alignment(_ detail: UnsafeMutableRawPointer?) -> String {
    switch detail?.assumingMemoryBound(to: MD_BLOCK_TD_DETAIL.self).pointee.align {
    case MD_ALIGN_RIGHT: " class=\"number\""
    case MD_ALIGN_CENTER: " class=\"middle\""
    default: ""
    }
  }

  // MARK: Spans

  func enter(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch span {
    case MD_SPAN_EM: html += "<em>"
    case MD_SPAN_STRONG: html += "<strong>"
    case MD_SPAN_CODE: html += "<code>"
    case MD_SPAN_DEL: html += "<del>"
    case MD_SPAN_LATEXMATH, MD_SPAN_LATEXMATH_DISPLAY: equation = ""
    case MD_SPAN_IMG: picture += 1
    case MD_SPAN_A:
      let written = detail?.assumingMemoryBound(to: MD_SPAN_A_DETAIL.self).pointee.href
      let destination = Self.destination(written)
      if case .inside(let path) = destination { html += "<a href=\"\(escapedHTML(path))\">" }
      link = (html.utf8.count, destination)
    default: break
    }
  }

  func leave(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch span {
    case MD_SPAN_EM: html += "</em>"
    case MD_SPAN_STRONG: html += "</strong>"
    case MD_SPAN_CODE: html += "</code>"
    case MD_SPAN_DEL: html += "</del>"
    case MD_SPAN_LATEXMATH: writeEquation(isDisplayed: false)
    case MD_SPAN_LATEXMATH_DISPLAY: writeEquation(isDisplayed: true)
    case MD_SPAN_IMG: picture -= 1
    case MD_SPAN_A:
      switch link?.destination {
      case .inside: html += "</a>"
      case .outside(let address):
        // The page leads to no other host; the address is there to be copied.
        let shown = escapedHTML(address)
        if let link, !html.utf8.dropFirst(link.start).elementsEqual(shown.utf8) {
          html += " <span class=\"address\">(\(shown))</span>"
        }
      case .nowhere, nil: break
      }
      link = nil
    default: break
    }
  }

  private func writeEquation(isDisplayed: Bool) {
    let source = InlineMark.plain(equation ?? "", values)
    equation = nil
    html +=
      MathML.text(source, isDisplayed: isDisplayed)
      ?? "<code class=\"tex\">\(escapedHTML(source))</code>"
  }

  /// A place in the page's own folder, an address that is shown, or neither.
  private static func destination(_ attribute: MD_ATTRIBUTE?) -> Link {
    guard let attribute, let text = MarkdownParser.string(attribute), !text.isEmpty,
      !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0 == "\\" || $0 == "\u{7F}" })
    else { return .nowhere }
    let lower = text.lowercased()
    if lower.hasPrefix("https://") || lower.hasPrefix("http://") || lower.hasPrefix("mailto:") {
      return .outside(text)
    }
    if text.hasPrefix("//") { return .outside(text) }
    let head = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return head.contains(":") ? .nowhere : .inside(text)
  }

  // MARK: Text

  func text(_ kind: MD_TEXTTYPE, _ bytes: UnsafeBufferPointer<CChar>) {
    let text = MarkdownParser.string(bytes)
    if equation != nil {
      equation? += kind == MD_TEXT_SOFTBR || kind == MD_TEXT_BR ? " " : text
      return
    }
    switch kind {
    case MD_TEXT_NULLCHAR: html += "\u{FFFD}"
    case MD_TEXT_BR: html += "<br>\n"
    case MD_TEXT_SOFTBR: html += "\n"
    case MD_TEXT_ENTITY: html += text
    default: html += InlineMark.html(text, values)
    }
  }
}
