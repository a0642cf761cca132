/// One resolved value of an experiment: what JSON can say, with numbers kept apart by kind.
///
/// It is what a key of the file holds after reading, what `run_params` stores and what a run's key
/// is hashed over.
public enum ParameterValue: Hashable, Sendable {
  /// A setting that is off (`none` in a file, `null` in the store).
  case off
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([ParameterValue])
  /// Values by names that the user chose.
  case mapping([String: ParameterValue])

  /// Canonical JSON: shortest doubles that read back the same, no white space.
  ///
  /// A double without a fraction is written as an integer, so that `1` and `1.0` are one value. The
  /// infinities and not-a-number, which JSON lacks, are written as text.
  public var json: String {
    switch self {
    case .off: "null"
    case .flag(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): Self.json(value)
    case .text(let value): Self.json(value)
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .mapping(let values):
      "{" + values.byName.map { Self.json($0) + ":" + $1.json }.joined(separator: ",") + "}"
    }
  }

  /// The value as a person would write it in a file or read it in a legend: text unquoted, what is no
  /// finite number as `nan`, `inf`, `-inf`.
  public var display: String {
    switch self {
    case .off: "none"
    case .text(let value): value
    case .list(let values): "[" + values.map(\.display).joined(separator: ", ") + "]"
    case .mapping(let values):
      "{" + values.byName.map { $0 + ": " + $1.display }.joined(separator: ", ") + "}"
    case .number(let value): value.isFinite ? json : Self.infinite(value)
    case .flag, .integer: json
    }
  }

  /// The item of a list that a path such as `models.net.mlp.hidden.0` names, where the path before its
  /// number has a list of enough items.
  public static func item(
    at path: String, in value: (String) -> ParameterValue?
  ) -> ParameterValue? {
    guard let dot = path.lastIndex(of: "."), let index = Int(path[path.index(after: dot)...]),
      case .list(let items)? = value(String(path[..<dot])), items.indices.contains(index)
    else { return nil }
    return items[index]
  }

  /// The value as a double, where it is a number of either kind.
  public var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  private static func json(_ value: Double) -> String {
    if !value.isFinite { return json(infinite(value)) }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return value.description
  }

  /// A number without an end or without a value, in letters.
  private static func infinite(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  /// `value` as a JSON string literal, quotes included.
  public static func json(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if isPlain { return "\"" + value + "\"" }
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension [String: ParameterValue] {
  /// The entries in the order of their names' bytes, the one order they are written in.
  public var byName: [(key: String, value: ParameterValue)] {
    sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
