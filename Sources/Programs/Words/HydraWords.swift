import Tracking

/// Values as the command line of Hydra reads them: `a.b=1`, `amp=false`, `x=null`, `w=[1,2]`.
enum HydraWords {
  /// The words of one parameter; what lies in a mapping has words of its own.
  static func words(_ name: String, _ value: ParameterValue) -> [String] {
    if case .mapping(let inner) = value, !inner.isEmpty {
      return inner.byName.flatMap { words(name + "." + $0, $1) }
    }
    return [name + "=" + text(value)]
  }

  private static func text(_ value: ParameterValue) -> String {
    switch value {
    case .off: "null"
    case .text(let text): isPlain(text) ? text : quoted(text)
    case .list(let items): "[" + items.map(text).joined(separator: ",") + "]"
    case .mapping(let values):
      "{" + values.byName.map { $0 + ":" + text($1) }.joined(separator: ",") + "}"
    case .flag, .integer, .number: value.display
    }
  }

  /// Whether a text is read as this text without quotes.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first) || first == "/" || first == "_"
    else { return false }
    if ["null", "true", "false", "nan", "inf"].contains(text.lowercased()) { return false }
    return text.unicodeScalars.allSatisfy {
      isLetter($0) || ("0"..."9").contains($0) || "_/.-".unicodeScalars.contains($0)
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  /// A text in single quotes: a quote gets a backslash, and backslashes count double before a quote and
  /// at the end.
  private static func quoted(_ text: String) -> String {
    var result = "'"
    var backslashes = 0
    for scalar in text.unicodeScalars {
      if scalar == "\\" {
        backslashes += 1
        continue
      }
      let isQuote = scalar == "'"
      result += String(repeating: "\\", count: isQuote ? 2 * backslashes + 1 : backslashes)
      backslashes = 0
      result.unicodeScalars.append(scalar)
    }
    return result + String(repeating: "\\", count: 2 * backslashes) + "'"
  }
}
