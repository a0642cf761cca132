import Tracking

/// Kinds of value in the words of JSON Schema.
enum SchemaValues {
  /// One of some texts.
  static func words(_ words: [String]) -> JSONValue { .object([("enum", .texts(words))]) }

  /// The ways to write a value of a kind.
  static func ways(_ kind: Setting.Kind) -> [JSONValue] {
    switch kind {
    case .number(let range): [number(range), numberInQuotes]
    case .integer(let range): [integer(range), numberInQuotes]
    case .flag: [type("boolean"), words(["yes", "no", "on", "off"])]
    case .text: [.object([("type", .texts(["string", "number", "boolean"]))])]
    case .path: [type("string")]
    case .word(let names): [words(names)]
    case .list(let inner, let count): [list(inner, count)]
    case .either(let kinds): kinds.flatMap(ways)
    case .layers: [.object([("$ref", .text("#/$defs/layers"))])]
    case .orOff(let inner): ways(inner) + [words(["none"])]
    }
  }

  private static func type(_ name: String) -> JSONValue { .object([("type", .text(name))]) }

  /// A number that a YAML reader takes for text, as older ones take `1e-3`.
  private static let numberInQuotes = JSONValue.object([
    ("type", .text("string")),
    ("pattern", .text("^[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?$")),
  ])

  private static func number(_ range: NumberRange) -> JSONValue {
    var entries: [(String, JSONValue)] = [("type", .text("number"))]
    if range.lower.isFinite {
      entries.append(
        (range.includesLower ? "minimum" : "exclusiveMinimum", .number(range.lower)))
    }
    if range.upper.isFinite {
      entries.append(
        (range.includesUpper ? "maximum" : "exclusiveMaximum", .number(range.upper)))
    }
    return .object(entries)
  }

  private static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    var entries: [(String, JSONValue)] = [("type", .text("integer"))]
    if range.lowerBound != .min {
      entries.append(("minimum", .number(Double(range.lowerBound))))
    }
    if range.upperBound != .max {
      entries.append(("maximum", .number(Double(range.upperBound))))
    }
    return .object(entries)
  }

  private static func list(_ inner: Setting.Kind, _ count: ClosedRange<Int>) -> JSONValue {
    let items = ways(inner)
    return .object([
      ("type", .text("array")),
      ("items", items.count == 1 ? items[0] : .object([("anyOf", .list(items))])),
      ("minItems", .number(Double(count.lowerBound))),
      ("maxItems", .number(Double(count.upperBound))),
    ])
  }
}
