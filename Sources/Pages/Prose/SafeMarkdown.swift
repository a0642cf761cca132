import CMD4C
import Foundation

/// A user's Markdown for other readers of Markdown, without raw HTML and without links that run
/// something.
enum SafeMarkdown {
  /// The text with every sign of raw HTML escaped.
  static func text(_ markdown: String) -> String {
    var bytes = Array(markdown.utf8)
    // What was one block of HTML may hold further signs once it is a paragraph.
    for _ in 0..<4 {
      let finder = RawHTMLFinder(bytes)
      if finder.hasUnsafeLink { bytes = withoutSchemes(bytes) }
      if finder.places.isEmpty { break }
      var next: [UInt8] = []
      for (place, byte) in bytes.enumerated() {
        if finder.places.contains(place) { next += Array("&lt;".utf8) } else { next.append(byte) }
      }
      bytes = next
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func withoutSchemes(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    let cleaned = text.replacing(/(?i)(javascript|vbscript|data|file)(:|&colon;|&#)/) {
      "removed-\($0.output.1)-"
    }
    return Array(cleaned.utf8)
  }
}

/// Finds the signs `<` of raw HTML, and links with a scheme that is none of the web's.
private final class RawHTMLFinder: MarkdownListener {
  private(set) var places: Set<Int> = []
  private(set) var hasUnsafeLink = false
  private var start: UnsafePointer<CChar>?
  private var count = 0

  init(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { bytes in
        start = bytes.baseAddress
        count = bytes.count
        _ = MarkdownParser.parse(bytes, flags: MarkdownParser.flagsWithHTML, self)
      }
    }
    start = nil
  }

  func enter(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {}
  func leave(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {}
  func leave(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {}

  func enter(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    let attribute: MD_ATTRIBUTE?
    switch span {
    case MD_SPAN_A: attribute = detail?.assumingMemoryBound(to: MD_SPAN_A_DETAIL.self).pointee.href
    case MD_SPAN_IMG:
      attribute = detail?.assumingMemoryBound(to: MD_SPAN_IMG_DETAIL.self).pointee.src
    default: attribute = nil
    }
    guard let attribute else { return }
    guard let text = MarkdownParser.string(attribute) else {
      hasUnsafeLink = true
      return
    }
    let head = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
    let known = ["http:", "https:", "mailto:"]
    if head.contains(":"), !known.contains(where: head.hasPrefix) { hasUnsafeLink = true }
  }

  func text(_ kind: MD_TEXTTYPE, _ bytes: UnsafeBufferPointer<CChar>) {
    guard kind == MD_TEXT_HTML, let start, let address = bytes.baseAddress else { return }
    let offset = address - start
    guard offset >= 0, offset + bytes.count <= count else { return }
    for (place, byte) in bytes.enumerated() where UInt8(bitPattern: byte) == UInt8(ascii: "<") {
      places.insert(offset + place)
    }
  }
}
