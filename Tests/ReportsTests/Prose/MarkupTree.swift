/// Elements, attributes and words of XML or HTML, for comparing trees instead of letters.
indirect enum MarkupTree {
  case words(String)
  case element(String, [String: String], [MarkupTree])

  /// `nil` where tags are not balanced.
  init?(_ markup: String) {
    var rest = markup[...]
    guard let tree = Self.element(&rest), rest.isEmpty else { return nil }
    self = tree
  }

  private static func element(_ rest: inout Substring) -> MarkupTree? {
    let tag = /<(?<name>[a-zA-Z]+)(?<attributes>[^>]*?)(?<end>\/?)>/
    guard let open = rest.prefixMatch(of: tag) else { return nil }
    let name = String(open.output.name)
    var attributes: [String: String] = [:]
    for match in open.output.attributes.matches(of: /(?<key>[a-zA-Z-]+)="(?<value>[^"]*)"/) {
      attributes[String(match.output.key)] = String(match.output.value)
    }
    rest = rest[open.range.upperBound...]
    if !open.output.end.isEmpty { return .element(name, attributes, []) }
    var children: [MarkupTree] = []
    while !rest.hasPrefix("</") {
      if rest.hasPrefix("<") {
        guard let child = element(&rest) else { return nil }
        children.append(child)
      } else {
        let words = rest.prefix { $0 != "<" }
        if words.isEmpty { return nil }
        children.append(.words(String(words)))
        rest = rest.dropFirst(words.count)
      }
    }
    guard rest.hasPrefix("</\(name)>") else { return nil }
    rest = rest.dropFirst(name.count + 3)
    return .element(name, attributes, children)
  }

  /// The tree on one line.
  var text: String {
    switch self {
    case .words(let words): return words
    case .element(let name, let attributes, let children):
      let pairs = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let head = name + (pairs.isEmpty ? "" : "[\(pairs.joined(separator: " "))]")
      if case .words(let words)? = children.first, children.count == 1 { return "\(head):\(words)" }
      return "\(head)(\(children.map(\.text).joined(separator: " ")))"
    }
  }

  /// The words alone, without entities.
  var words: String {
    switch self {
    case .words(let words):
      words.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    case .element(_, _, let children): children.map(\.words).joined()
    }
  }
}
