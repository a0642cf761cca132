/// A drawing that is light by day and dark by night, made of one drawing of each.
///
/// Both have the same shapes in other colours: where their colours differ a variable of the page stands,
/// of which the page's style has two values, and of images both are there. A page is hardly larger by
/// that.
struct ThemedSVG {
  /// The colours of a page that differ between day and night.
  struct Palette {
    private(set) var pairs: [Pair] = []
    private var places: [Pair: Int] = [:]

    struct Pair: Hashable {
      let day: String
      let night: String
    }

    /// The variable of a pair of colours.
    fileprivate mutating func variable(_ pair: Pair) -> String {
      if let place = places[pair] { return "var(--f\(place))" }
      places[pair] = pairs.count
      pairs.append(pair)
      return "var(--f\(pairs.count - 1))"
    }

    /// The variables with their colours.
    var css: String {
      guard !pairs.isEmpty else { return "" }
      func values(_ color: (Pair) -> String) -> String {
        pairs.enumerated().map { "--f\($0.offset):\(color($0.element))" }.joined(separator: ";")
      }
      return ":root{\(values(\.day))}\n@media screen and (prefers-color-scheme: dark){:root{"
        + values(\.night) + "}}\n"
    }
  }

  /// Both drawings as one; `nil` where they differ in more than colours.
  static func text(day: String, night: String, _ palette: inout Palette) -> String? {
    var days = Pieces(day)
    var nights = Pieces(night)
    var output: [UInt8] = []
    output.reserveCapacity(day.utf8.count + 4096)
    var own = palette
    while true {
      let (left, right) = (days.next(), nights.next())
      guard let left, let right else {
        guard left == nil, right == nil else { return nil }
        break
      }
      guard left.kind == right.kind else { return nil }
      if left.bytes == right.bytes {
        output += left.bytes
        continue
      }
      switch left.kind {
      case .other: return nil
      case .color:
        let pair = Palette.Pair(day: colorText(left.bytes), night: colorText(right.bytes))
        output += own.variable(pair).utf8
      case .image:
        // The element is repeated with the other image, each with a class that says when it is shown.
        guard let start = output.lastRange(of: "<image"), let end = days.next(),
          let same = nights.next(), end.bytes == same.bytes, end.bytes.starts(with: "'/>".utf8)
        else { return nil }
        let opening = Array(output[start.upperBound...])
        output.removeSubrange(start.lowerBound...)
        output += "<image class='day'".utf8 + opening + left.bytes + Array("'/>".utf8)
        output += "<image class='night'".utf8 + opening + right.bytes + end.bytes
      }
    }
    palette = own
    return String(decoding: output, as: UTF8.self)
  }

  private static func colorText(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.filter { $0 != 32 }, as: UTF8.self)
  }
}

/// A drawing in pieces: colours, images, and what stands between them.
private struct Pieces {
  enum Kind { case color, image, other }

  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() -> (kind: Kind, bytes: ArraySlice<UInt8>)? {
    guard place < bytes.count else { return nil }
    if let end = special(at: place) {
      defer { place = end.end }
      return (end.kind, bytes[place..<end.end])
    }
    let start = place
    place += 1
    while place < bytes.count, special(at: place) == nil { place += 1 }
    return (.other, bytes[start..<place])
  }

  private func special(at start: Int) -> (kind: Kind, end: Int)? {
    switch bytes[start] {
    case UInt8(ascii: "r") where has("rgb(", at: start):
      return bytes[start...].firstIndex(of: UInt8(ascii: ")")).map { (.color, $0 + 1) }
    case UInt8(ascii: "#"):
      let end = start + 7
      guard end < bytes.count, bytes[start + 1..<end].allSatisfy(Self.isHex),
        bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'")
      else { return nil }
      return (.color, end)
    case UInt8(ascii: "d") where has("data:image/png;base64,", at: start):
      return bytes[start...].firstIndex(of: UInt8(ascii: "'")).map { (.image, $0) }
    default: return nil
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }

  private func has(_ text: StaticString, at start: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[start + $0] == text.utf8Start[$0] }
  }
}

extension [UInt8] {
  fileprivate func lastRange(of text: String) -> Range<Int>? {
    let sign = Array(text.utf8)
    guard count >= sign.count else { return nil }
    for start in stride(from: count - sign.count, through: 0, by: -1)
    where self[start] == sign[0] && self[start..<start + sign.count].elementsEqual(sign) {
      return start..<start + sign.count
    }
    return nil
  }
}
