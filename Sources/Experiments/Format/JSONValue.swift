import Tracking

/// A JSON value whose objects keep the order of their keys, for writing a schema.
indirect enum JSONValue {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([JSONValue])
  case object([(String, JSONValue)])

  /// A list of texts.
  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

  /// The value as indented text.
  func written(_ indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return ParameterValue.json(text)
    case .number(let number): return ParameterValue.number(number).json
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let values):
      if values.allSatisfy(\.isScalar) {
        return "[" + values.map { $0.written() }.joined(separator: ", ") + "]"
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
    case .text, .number, .flag: true
    case .list, .object: false
    }
  }
}
