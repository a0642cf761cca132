package import Tracking

/// How values and kinds of value are written in messages.
package enum Words {
  /// A node as a message shows it: `'fast'`, `-1`, `a list`.
  package static func found(_ node: SpecNode) -> String {
    switch node.content {
    case .list(let items): return items.isEmpty ? "an empty list" : "a list"
    case .mapping: return "a mapping"
    case .number: return node.text ?? ""
    case .scalar(let text, let isPlain):
      if node.isEmpty { return "empty" }
      if text.isEmpty { return "an empty text" }
      if isPlain, node.isNull || node.isNone || Scalars.looksNumeric(text) { return short(text) }
      return quoted(text)
    }
  }

  /// Text in quotes, without line ends, cut where it is long.
  package static func quoted(_ text: String) -> String { "'" + short(text) + "'" }

  private static func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 40 ? line.prefix(37) + "..." : line
  }

  /// What one value of a kind is: `a number above 0`, `one of: a, b`.
  package static func expected(_ kind: Setting.Kind) -> String {
    switch kind {
    case .number(let range): "a number" + suffix(range)
    case .integer(let range): "a whole number" + suffix(range)
    case .flag: "true or false"
    case .text: "text"
    case .path: "the path of a file"
    case .word(let words): words.count == 1 ? words[0] : joined(words)
    case .list(let inner, let count): "a list of " + amount(count) + several(inner)
    case .mapping(let inner): "a mapping from names to " + several(inner)
    case .layers: "a list of layers"
    case .either(let kinds): joined(kinds.flatMap(alternatives))
    case .orOff(let inner): joined(alternatives(inner) + ["none"])
    }
  }

  /// The ways to write a kind, one by one.
  private static func alternatives(_ kind: Setting.Kind) -> [String] {
    switch kind {
    case .word(let words): words
    case .flag: ["true", "false"]
    case .either(let kinds): kinds.flatMap(alternatives)
    default: [expected(kind)]
    }
  }

  /// What many values of a kind are: `numbers above 0`.
  package static func several(_ kind: Setting.Kind) -> String {
    switch kind {
    case .number(let range): "numbers" + suffix(range)
    case .integer(let range): "whole numbers" + suffix(range)
    case .flag: "true and false"
    case .text: "texts"
    case .path: "paths of files"
    case .word([""]): "empty texts"
    case .word(let words): "words: " + words.joined(separator: ", ")
    case .list(let inner, _): "lists of " + several(inner)
    case .mapping(let inner): "mappings from names to " + several(inner)
    case .either(let kinds): joined(kinds.map(several))
    case .layers: "lists of layers"
    case .orOff(let inner): several(inner) + " or none"
    }
  }

  /// `a, b or c`.
  package static func joined(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func amount(_ count: ClosedRange<Int>) -> String {
    count.lowerBound == count.upperBound && count.lowerBound > 1 ? "\(count.lowerBound) " : ""
  }

  private static func suffix(_ range: NumberRange) -> String {
    if range.description == "any" { return "" }
    return (range.description.hasPrefix("at ") ? ", " : " ") + range.description
  }

  private static func suffix(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound == .min, range.upperBound == .max) {
    case (true, true): ""
    case (false, true): ", at least \(range.lowerBound)"
    case (true, false): ", at most \(range.upperBound)"
    case (false, false): " from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}

/// Reads scalars as the type a key wants: decimal numbers only, so that `010` is ten and `1:30` text.
package enum Scalars {
  /// A finite or infinite double; `nil` where the text is no decimal number.
  package static func number(_ text: String) -> Double? {
    let digits = text.utf8
    guard let first = digits.first, digits.count <= 400,
      digits.allSatisfy({ isDecimal($0) }), digits.contains(where: { (48...57).contains($0) }),
      first != UInt8(ascii: "e"), first != UInt8(ascii: "E")
    else { return nil }
    return Double(text) ?? Double(text.hasSuffix(".") ? text + "0" : text)
  }

  /// A whole number, also one written `1e3` or `5.0`; `nil` where it is none or does not fit.
  package static func integer(_ text: String) -> Int? {
    if let value = Int(text) { return value }
    guard let value = number(text) else { return nil }
    return Int(exactly: value)
  }

  /// Whether a person would call it a number, infinities and not-a-number included.
  package static func looksNumeric(_ text: String) -> Bool {
    number(text) != nil || isNotFinite(text)
  }

  /// Whether it is one of the ways to write an infinity or not-a-number.
  package static func isNotFinite(_ text: String) -> Bool {
    var word = text.lowercased()
    if word.hasPrefix("-") || word.hasPrefix("+") { word.removeFirst() }
    if word.hasPrefix(".") { word.removeFirst() }
    return ["inf", "infinity", "nan"].contains(word)
  }

  /// true and false, and the other words YAML has for them.
  package static func flag(_ text: String) -> Bool? {
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": false
    default: nil
    }
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
