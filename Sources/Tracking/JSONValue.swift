/// A JSON value whose objects keep the order of their keys.
public enum JSONValue: Sendable {
  case null
  case text(String)
  /// Not-a-number and the infinities are written as `null`.
  case number(Double)
  case whole(Int)
  case flag(Bool)
  case list([JSONValue])
  case object([(String, JSONValue)])

  /// A list of texts.
  public static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

  /// A list of numbers.
  public static func numbers(_ numbers: [Double]) -> JSONValue {
    .list(numbers.map(JSONValue.number))
  }

  /// A number, or `null`.
  public static func number(of number: Double?) -> JSONValue {
    number.map(JSONValue.number) ?? .null
  }

  /// A text, or `null`.
  public static func text(of text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

  /// The value as indented text.
  public var written: String { written("") }

  private func written(_ indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .null: return "null"
    case .text(let text): return ParameterValue.json(text)
    case .number(let number): return number.isFinite ? ParameterValue.number(number).json : "null"
    case .whole(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let values):
      if values.allSatisfy(\.isScalar) {
        return "[" + values.map { $0.written("") }.joined(separator: ", ") + "]"
      }
      let lines = values.map { inner + $0.written(inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n" + indent + "]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let lines = entries.map { inner + ParameterValue.json($0.0) + ": " + $0.1.written(inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .null, .text, .number, .whole, .flag: true
    case .list, .object: false
    }
  }
}

extension JSONValue {
  /// A value of a table.
  public init(_ value: ParameterValue) {
    switch value {
    case .off: self = .null
    case .flag(let flag): self = .flag(flag)
    case .integer(let number): self = .whole(number)
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .list(let values): self = .list(values.map { JSONValue($0) })
    case .mapping: self = .text(value.display)
    }
  }
}
