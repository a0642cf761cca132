import Foundation

/// A drawing within a page: only shapes and text, names that no other drawing of the page has.
///
/// It works on bytes: a drawing of many curves has millions. Tags and attributes are of ASCII's letters.
struct InlineSVG {
  private let prefix: String
  private let bytes: [UInt8]
  private var place: Int
  private var output: [UInt8] = []
  /// Whether the first rectangle, the ground, has been passed or stays.
  private var isGroundGone = true

  /// Cleans a drawing; `nil` where it is none.
  ///
  /// - Parameter number: the drawing's number on the page.
  ///
  /// - Parameter hasGround: whether the ground that covers all of it stays.
  static func text(_ svg: String, number: Int, hasGround: Bool = true) -> String? {
    let bytes = Array(svg.utf8)
    guard let start = bytes[...].place(of: "<svg"), bytes[...].place(of: "</svg>") != nil
    else { return nil }
    var cleaner = InlineSVG(prefix: "p\(number)-", bytes, from: start)
    cleaner.isGroundGone = hasGround
    cleaner.read()
    return shownOnPage(String(decoding: cleaner.output, as: UTF8.self))
  }

  /// What a drawing says of itself in its first `title` or `desc`.
  static func words(_ element: String, of svg: String) -> String? {
    let head = svg.prefix(40_000)
    guard let open = head.range(of: "<\(element)>"),
      let close = head.range(of: "</\(element)>", range: open.upperBound..<head.endIndex)
    else { return nil }
    return String(head[open.upperBound..<close.lowerBound]).replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
  }

  /// How many moments a drawing moves through; `nil` where it stands still.
  static func moments(of svg: String) -> Int? {
    svg.prefix(600).firstMatch(of: /<svg [^>]*data-moments="(?<count>[0-9]{1,3})"/)
      .flatMap { Int($0.output.count) }
  }

  /// How wide a drawing was made, in pixels.
  static func width(of svg: String) -> Int? {
    if let asked = svg.prefix(600).firstMatch(of: /<svg\s[^>]*width="(?<points>[0-9.]+)pt"/),
      let points = Double(asked.output.points)
    {
      return Int((points / 0.75).rounded())
    }
    guard let box = svg.prefix(600).firstMatch(of: /viewBox="[0-9.]+ [0-9.]+ (?<width>[0-9]{2,4})/)
    else { return nil }
    return Int(box.output.width)
  }

  private init(prefix: String, _ bytes: [UInt8], from start: Int) {
    self.prefix = prefix
    self.bytes = bytes
    place = start
    output.reserveCapacity(bytes.count + bytes.count / 8)
  }

  private static let elements: Set<String> = [
    "svg", "g", "title", "desc", "defs", "circle", "ellipse", "path", "rect", "line", "polyline",
    "polygon", "use", "text", "tspan", "pattern", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "image",
  ]

  private mutating func read() {
    while let open = next(UInt8(ascii: "<"), from: place) {
      output += bytes[place..<open]
      place = open
      if has("<!--") {
        place = end(of: "-->", from: place) ?? bytes.count
      } else if has("<![CDATA[") {
        let body = place + 9
        let end = end(of: "]]>", from: body)
        let text = bytes[body..<(end.map { $0 - 3 } ?? bytes.count)]
        output += escapedHTML(String(decoding: text, as: UTF8.self)).utf8
        place = end ?? bytes.count
      } else if has("<style") {
        place = end(of: "</style>", from: place) ?? bytes.count
      } else if has("<?") || has("<!") {
        place = end(of: ">", from: place) ?? bytes.count
      } else {
        tag()
      }
    }
    output += bytes[place...]
  }

  /// Writes one tag, if it is a shape's, and goes behind it.
  private mutating func tag() {
    let written = output.count
    place += 1
    let isClosing = place < bytes.count && bytes[place] == UInt8(ascii: "/")
    if isClosing { place += 1 }
    let name = word(Self.isLetter)
    let isKnown = Self.elements.contains(name)
    output += (isClosing ? "</" : "<").utf8
    output += name.utf8
    while true {
      skipSpace()
      guard place < bytes.count else { break }
      if has(">") || has("/>") {
        let isEmpty = bytes[place] == UInt8(ascii: "/")
        output += (isEmpty ? "/>" : ">").utf8
        place += isEmpty ? 2 : 1
        if !isKnown { output.removeSubrange(written...) }
        if !isGroundGone, name == "rect" {
          output.removeSubrange(written...)
          isGroundGone = true
        }
        return
      }
      if !attribute(isImage: name == "image") { place += 1 }
    }
    output.removeSubrange(written...)
  }

  /// Writes an attribute, where it may stay, and goes behind it; false where there is none here.
  private mutating func attribute(isImage: Bool) -> Bool {
    let start = place
    let key = word { Self.isLetter($0) || (48...57).contains($0) || [45, 95, 58].contains($0) }
    skipSpace()
    guard !key.isEmpty, has("=") else {
      place = start
      return false
    }
    place += 1
    skipSpace()
    guard has("\"") || has("'"), let end = next(bytes[place], from: place + 1) else {
      place = start
      return false
    }
    keep(key, bytes[place + 1..<end], isImage: isImage)
    place = end + 1
    return true
  }

  /// Writes an attribute as it may stay, if it may.
  private mutating func keep(_ key: String, _ value: ArraySlice<UInt8>, isImage: Bool) {
    let lower = key.lowercased()
    if lower.hasPrefix("on") || lower == "style" && value.place(of: "url") != nil { return }
    let isLink = lower.hasSuffix("href")
    let isInside = value.first == UInt8(ascii: "#")
    if isLink, !isInside, !(isImage && Self.isPicture(value)) { return }
    let hasLinks = !isLink && lower != "id" && value.place(of: "url(") != nil
    if hasLinks, value.place(of: "url(#") == nil { return }
    output += " \(key)=\"".utf8
    var rest = value
    if lower == "id" || isLink && isInside {
      if isLink { output.append(rest.removeFirst()) }
      output += prefix.utf8
    }
    for index in rest.indices {
      switch rest[index] {
      case UInt8(ascii: "\""): output += "&quot;".utf8
      case UInt8(ascii: "<"): output += "&lt;".utf8
      case UInt8(ascii: ">"): output += "&gt;".utf8
      case UInt8(ascii: "#") where hasLinks && value[..<index].ends(with: "url("):
        output.append(rest[index])
        output += prefix.utf8
      default: output.append(rest[index])
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Whether a link holds a picture itself; a browser runs no script of one, also where it is an SVG.
  private static func isPicture(_ link: ArraySlice<UInt8>) -> Bool {
    for kind in ["png", "jpeg", "svg+xml"] {
      let start = Array("data:image/\(kind);base64,".utf8)
      guard link.starts(with: start) else { continue }
      return link.dropFirst(start.count).allSatisfy { byte in
        isLetter(byte) || (48...57).contains(byte) || [43, 47, 61].contains(byte)
      }
    }
    return false
  }

  // MARK: Bytes

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }

  private func next(_ byte: UInt8, from start: Int) -> Int? { bytes[start...].firstIndex(of: byte) }

  private func has(_ sign: StaticString) -> Bool {
    let count = sign.utf8CodeUnitCount
    guard bytes.count - place >= count else { return false }
    return (0..<count).allSatisfy { bytes[place + $0] == sign.utf8Start[$0] }
  }

  /// The place behind the next `sign`; `nil` where there is none.
  private func end(of sign: StaticString, from start: Int) -> Int? {
    bytes[start...].place(of: sign).map { $0 + sign.utf8CodeUnitCount }
  }

  private mutating func skipSpace() {
    while place < bytes.count, bytes[place] == 32 || (9...13).contains(bytes[place]) { place += 1 }
  }

  private mutating func word(_ isPart: (UInt8) -> Bool) -> String {
    let start = place
    while place < bytes.count, isPart(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// Where `sign` stands first; `nil` where it does not.
  fileprivate func place(of sign: StaticString) -> Int? {
    let count = sign.utf8CodeUnitCount
    var rest = self
    while let first = rest.firstIndex(of: sign.utf8Start[0]), endIndex - first >= count {
      if (1..<count).allSatisfy({ self[first + $0] == sign.utf8Start[$0] }) { return first }
      rest = self[(first + 1)...]
    }
    return nil
  }

  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
