/// A piece of a drawing: an element with what it holds, or what stands between elements.
struct MarkupNode: Hashable {
  /// The element's name; empty for text.
  var name = ""
  /// The tag, or the text, as it was written.
  var opening: String
  var children: [MarkupNode] = []
  /// The tag at its end; empty where it holds nothing.
  var closing = ""

  init(name: String, opening: String, children: [MarkupNode] = [], closing: String) {
    self.name = name
    self.opening = opening
    self.children = children
    self.closing = closing
  }

  init(text: String) { opening = text }

  /// Whether it is an element with a tag at its end.
  var canHold: Bool { !closing.isEmpty }

  /// The same without groups that hold nothing and the lines between elements: gnuplot writes some or none
  /// by what it has drawn before.
  var condensed: MarkupNode {
    guard !isWordy else { return self }
    var node = self
    node.children = children.filter { !$0.isBlank }.map(\.condensed)
      .filter { $0.name != "g" || !$0.children.isEmpty }
    return node
  }

  /// Whether it holds words, between which spaces count.
  var isWordy: Bool { ["text", "title", "desc"].contains(name) }

  private var isBlank: Bool { name.isEmpty && opening.allSatisfy(\.isWhitespace) }

  /// All of it as it is written.
  var text: String {
    var text = ""
    write(into: &text)
    return text
  }

  private func write(into text: inout String) {
    text += opening
    for child in children { child.write(into: &text) }
    text += closing
  }
}

/// Reads the elements of a drawing of gnuplot's, whose tags are all closed.
struct MarkupReader {
  private let bytes: [UInt8]
  private var place = 0

  /// The elements and texts at the top.
  private(set) var nodes: [MarkupNode] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    nodes = list()
  }

  /// What stands up to a tag that ends an element, or to the end.
  private mutating func list() -> [MarkupNode] {
    var list: [MarkupNode] = []
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        list.append(MarkupNode(text: upTo { $0 == UInt8(ascii: "<") }))
        continue
      }
      if has("</") { return list }
      if has("<?") || has("<!") {
        list.append(MarkupNode(text: tag()))
        continue
      }
      list.append(element())
    }
    return list
  }

  private mutating func element() -> MarkupNode {
    let opening = tag()
    let name = String(opening.dropFirst().prefix { $0.isLetter || $0.isNumber })
    if opening.hasSuffix("/>") { return MarkupNode(name: name, opening: opening, closing: "") }
    let children = list()
    return MarkupNode(name: name, opening: opening, children: children, closing: tag())
  }

  /// A tag with its signs; a sign within quotes ends none.
  private mutating func tag() -> String {
    let start = place
    var quote: UInt8?
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func upTo(_ isEnd: (UInt8) -> Bool) -> String {
    let start = place
    while place < bytes.count, !isEnd(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private func has(_ sign: String) -> Bool { bytes[place...].starts(with: sign.utf8) }
}
