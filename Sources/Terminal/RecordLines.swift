public import Tracking

/// Records one after the other, for lists too long to hold: CSV with a header, or one JSON object a
/// line, in which hidden characters are written `\uXXXX`.
public struct RecordLines: Sendable {
  /// The names of the values.
  public let columns: [String]
  private let isJSON: Bool

  /// Makes the lines of these columns.
  public init(_ columns: [String], json: Bool) {
    self.columns = columns
    isJSON = json
  }

  /// What stands before the first record; empty for JSON.
  public var header: String { isJSON ? "" : columns.map(csvField).joined(separator: ",") + "\r\n" }

  /// One record with its line break, a value a column; JSON leaves out values that are off.
  public func line(_ values: [ParameterValue]) -> String {
    precondition(values.count == columns.count)
    if isJSON {
      let fields = zip(columns, values).compactMap { name, value in
        value == .off ? nil : "\(ParameterValue.json(name)): \(value.json)"
      }
      return HiddenCharacters.escapedInJSON("{" + fields.joined(separator: ", ") + "}\n")
    }
    return values.map(csvField).joined(separator: ",") + "\r\n"
  }
}

/// A value as a field of CSV: nothing where it is off.
func csvField(_ value: ParameterValue) -> String {
  value == .off ? "" : csvField(value.display)
}

/// A text as a field of CSV (RFC 4180), in quotes where it needs them.
func csvField(_ text: String) -> String {
  let needsQuotes = text.utf8.contains { byte in
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13
  }
  guard needsQuotes else { return text }
  return "\""
    + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}
