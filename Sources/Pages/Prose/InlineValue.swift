public import Results

/// What stands in a text where the file says `{{ ... }}`.
public struct InlineValue: Sendable {
  /// The number, or what keeps it from being there.
  public let text: String
  /// The question, as it was written.
  public let question: String
  /// Whether it is an answer.
  public let isAnswered: Bool
  /// The number in full; `nil` where there is none.
  public var number: Double?
  /// What it was made of.
  public var answers: [StoreAnswer] = []

  /// Makes an answer, or what stands in its place.
  public init(text: String, question: String, isAnswered: Bool) {
    self.text = text
    self.question = question
    self.isAnswered = isAnswered
  }

  var html: String {
    let kind = isAnswered ? "value" : "value missing"
    return "<span class=\"\(kind)\" title=\"\(escapedHTML(question))\">\(escapedHTML(text))</span>"
  }
}

/// Characters without a meaning of their own that hold the place of a value while Markdown is read,
/// so that no value is read as Markdown.
enum InlineMark {
  private static let open: Unicode.Scalar = "\u{F0000}"
  private static let zero: UInt32 = 0xF0010
  private static let close: Unicode.Scalar = "\u{F0001}"

  /// The mark of the value at an index.
  static func mark(_ index: Int) -> String {
    var text = String.UnicodeScalarView([open])
    for digit in String(index).utf8 {
      if let scalar = Unicode.Scalar(zero + UInt32(digit - 48)) { text.append(scalar) }
    }
    text.append(close)
    return String(text)
  }

  /// A text of the user without such characters.
  static func cleaned(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isOurs) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isOurs($0) }))
  }

  private static func isOurs(_ scalar: Unicode.Scalar) -> Bool {
    (0xF0000...0xF0019).contains(scalar.value)
  }

  /// A text with the values at its marks, as HTML.
  static func html(_ text: String, _ values: [InlineValue]) -> String {
    replaced(text, values, text: escapedHTML, value: \.html)
  }

  /// A text with the values at its marks.
  static func plain(_ text: String, _ values: [InlineValue]) -> String {
    replaced(text, values, text: { $0 }, value: \.text)
  }

  /// Markdown with the values at its marks.
  static func markdown(_ text: String, _ values: [InlineValue]) -> String {
    replaced(text, values, text: { $0 }) { escapedMarkdown($0.text) }
  }

  /// Text as Markdown with the values at its marks.
  static func escaped(_ text: String, _ values: [InlineValue]) -> String {
    replaced(text, values, text: escapedSigns) { escapedMarkdown($0.text) }
  }

  /// Whether a value stands in a text.
  static func isIn(_ text: String) -> Bool { text.unicodeScalars.contains(open) }

  private static func replaced(
    _ text: String, _ values: [InlineValue], text write: (String) -> String,
    value writeValue: (InlineValue) -> String
  ) -> String {
    var result = ""
    var plain = String.UnicodeScalarView()
    var index: Int?
    for scalar in text.unicodeScalars {
      if scalar == open {
        index = 0
      } else if scalar == close {
        result += write(String(plain))
        plain.removeAll()
        if let index, values.indices.contains(index) { result += writeValue(values[index]) }
        index = nil
      } else if let found = index, (zero..<zero + 10).contains(scalar.value), found < 1_000_000 {
        index = found * 10 + Int(scalar.value - zero)
      } else {
        plain.append(scalar)
      }
    }
    return result + write(String(plain))
  }
}
