import CMD4C

/// What md4c calls while it reads.
protocol MarkdownListener: AnyObject {
  func enter(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?)
  func leave(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?)
  func enter(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?)
  func leave(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?)
  /// Text of a kind; its bytes may lie in the text that is read.
  func text(_ kind: MD_TEXTTYPE, _ bytes: UnsafeBufferPointer<CChar>)
}

/// md4c with a listener.
enum MarkdownParser {
  /// Tables, struck text and mathematics; no raw HTML.
  static let flags = UInt32(
    MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTMLBLOCKS
      | MD_FLAG_NOHTMLSPANS | MD_FLAG_PERMISSIVEURLAUTOLINKS)
  /// The same, but raw HTML is told apart.
  static let flagsWithHTML = flags & ~UInt32(MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS)

  /// Carries the listener through C.
  private final class Box {
    let listener: any MarkdownListener
    init(_ listener: any MarkdownListener) { self.listener = listener }

    static func listener(_ pointer: UnsafeMutableRawPointer?) -> (any MarkdownListener)? {
      pointer.map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().listener }
    }
  }

  /// Reads a text; `false` where md4c gives up.
  static func parse(_ text: String, flags: UInt32, _ listener: any MarkdownListener) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { parse($0, flags: flags, listener) }
    }
  }

  /// Reads a text whose bytes stay where they are.
  static func parse(
    _ bytes: UnsafeBufferPointer<CChar>, flags: UInt32, _ listener: any MarkdownListener
  ) -> Bool {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return true }
    var parser = MD_PARSER()
    parser.flags = flags
    parser.enter_block = { kind, detail, user in
      Box.listener(user)?.enter(block: kind, detail)
      return 0
    }
    parser.leave_block = { kind, detail, user in
      Box.listener(user)?.leave(block: kind, detail)
      return 0
    }
    parser.enter_span = { kind, detail, user in
      Box.listener(user)?.enter(span: kind, detail)
      return 0
    }
    parser.leave_span = { kind, detail, user in
      Box.listener(user)?.leave(span: kind, detail)
      return 0
    }
    parser.text = { kind, text, size, user in
      Box.listener(user)?.text(kind, UnsafeBufferPointer(start: text, count: Int(size)))
      return 0
    }
    let box = Box(listener)
    return withExtendedLifetime(box) {
      md_parse(start, UInt32(bytes.count), &parser, Unmanaged.passUnretained(box).toOpaque()) == 0
    }
  }

  /// The text of C's bytes.
  static func string(_ bytes: UnsafeBufferPointer<CChar>) -> String {
    String(decoding: UnsafeRawBufferPointer(bytes), as: UTF8.self)
  }
}
