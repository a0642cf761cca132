import Foundation

/// A drawing within a page: only shapes and text, names that no other drawing of the page has.
struct InlineSVG {
  private let prefix: String
  private var output = ""

  /// Cleans a drawing; `nil` where it is none.
  ///
  /// - Parameter number: the drawing's number on the page.
  static func text(_ svg: String, number: Int) -> String? {
    guard let start = svg.range(of: "<svg"), svg.contains("</svg>") else { return nil }
    var cleaner = InlineSVG(prefix: "p\(number)-")
    cleaner.read(svg[start.lowerBound...])
    return shownOnPage(cleaner.output)
  }

  /// How wide a drawing was made, in pixels.
  static func width(of svg: String) -> Int? {
    guard let box = svg.prefix(600).firstMatch(of: /viewBox="[0-9.]+ [0-9.]+ (?<width>[0-9]{2,4})/)
    else { return nil }
    return Int(box.output.width)
  }

  private init(prefix: String) { self.prefix = prefix }

  private static let elements: Set<Substring> = [
    "svg", "g", "title", "desc", "defs", "circle", "ellipse", "path", "rect", "line", "polyline",
    "polygon", "use", "text", "tspan", "pattern", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "image",
  ]

  private mutating func read(_ text: Substring) {
    var rest = text
    while let open = rest.firstIndex(of: "<") {
      output += rest[..<open]
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        rest = Self.after("-->", rest)
      } else if rest.hasPrefix("<![CDATA[") {
        let body = rest.dropFirst(9)
        let end = body.firstRange(of: "]]>")?.lowerBound ?? body.endIndex
        output += escapedHTML(String(body[..<end]))
        rest = Self.after("]]>", body)
      } else if rest.hasPrefix("<?") || rest.hasPrefix("<!") {
        rest = Self.after(">", rest)
      } else {
        rest = tag(rest)
      }
    }
    output += rest
  }

  private static func after(_ sign: String, _ text: Substring) -> Substring {
    text.firstRange(of: sign).map { text[$0.upperBound...] } ?? ""
  }

  /// Writes one tag, if it is a shape's, and returns what follows it.
  private mutating func tag(_ text: Substring) -> Substring {
    var rest = text.dropFirst()
    let isClosing = rest.first == "/"
    if isClosing { rest = rest.dropFirst() }
    let name = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(name.count)
    let isKnown = Self.elements.contains(name)
    var written = (isClosing ? "</" : "<") + name
    while true {
      rest = rest.drop { $0.isWhitespace }
      guard let first = rest.first else { return "" }
      if first == ">" || rest.hasPrefix("/>") {
        if isKnown { output += written + (first == ">" ? ">" : "/>") }
        return rest.dropFirst(first == ">" ? 1 : 2)
      }
      guard let (key, value, after) = Self.attribute(rest) else {
        rest = rest.dropFirst()
        continue
      }
      rest = after
      if let value = kept(key, value) { written += " \(key)=\"\(value)\"" }
    }
  }

  private static func attribute(_ text: Substring) -> (Substring, Substring, Substring)? {
    let key = text.prefix { $0.isLetter || $0.isNumber || "-_:".contains($0) }
    var rest = text.dropFirst(key.count).drop { $0.isWhitespace }
    guard !key.isEmpty, rest.first == "=" else { return nil }
    rest = rest.dropFirst().drop { $0.isWhitespace }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    rest = rest.dropFirst()
    guard let end = rest.firstIndex(of: quote) else { return nil }
    return (key, rest[..<end], rest[rest.index(after: end)...])
  }

  /// An attribute's value as it may stay; `nil` where it may not.
  private func kept(_ key: Substring, _ value: Substring) -> String? {
    let lower = key.lowercased()
    if lower.hasPrefix("on") || lower == "style" && value.contains("url") { return nil }
    var text = String(value).replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    if lower == "id" { return prefix + text }
    if lower.hasSuffix("href") {
      if text.hasPrefix("#") { return "#" + prefix + text.dropFirst() }
      return text.hasPrefix("data:image/png;base64,") ? text : nil
    }
    if text.contains("url(") {
      guard text.contains("url(#") else { return nil }
      text = text.replacing("url(#", with: "url(#" + prefix)
    }
    return text
  }
}
