import NeuralNet
import Search
import Tracking

/// The file's format as JSON Schema, draft 2020-12, for editors.
///
/// It is weaker than the checks where a schema cannot say what they know: what a base may supply is
/// not required, and whether keys fit each other is not its business.
public enum FileSchema {
  /// The schema as text.
  public static func text() -> String {
    JSONValue.object([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Labbook experiment, format 1")),
      ("type", .text("object")),
      ("properties", properties(FileKeys.all)),
      ("patternProperties", .object([("^x-", .flag(true))])),
      ("additionalProperties", .flag(false)),
      (
        "$defs",
        .object([("network", network), ("layers", layers), ("axis", axis)])
      ),
    ]).written + "\n"
  }

  // MARK: Keys

  private static func properties(_ keys: [Key], isNullable: Bool = true) -> JSONValue {
    .object(keys.map { ($0.name, property($0, isNullable: isNullable)) })
  }

  /// A key's value, or the null that removes it from a base.
  private static func property(_ key: Key, isNullable: Bool) -> JSONValue {
    let summary = key.standard.isEmpty ? key.summary : "\(key.summary) (default: \(key.standard))"
    let null = JSONValue.object([("type", .text("null"))])
    return .object([
      ("description", .text(summary)),
      ("anyOf", .list(shape(key.shape) + (isNullable ? [null] : []))),
    ])
  }

  /// The ways to write a shape.
  private static func shape(_ shape: Key.Shape) -> [JSONValue] {
    switch shape {
    case .value(let kind): SchemaValues.ways(kind)
    case .section(let keys): [object(keys)]
    case .choice(let set): choice(set)
    case .network: [.object([("$ref", .text("#/$defs/network"))])]
    case .map(let inner, _):
      [.object([("type", .text("object")), ("additionalProperties", any(Self.shape(inner)))])]
    case .list(let inner):
      [.object([("type", .text("array")), ("items", any(Self.shape(inner)))])]
    case .either(let shapes): shapes.flatMap(Self.shape)
    case .orOff(let inner): Self.shape(inner) + [SchemaValues.words(["none"])]
    case .axis: [.object([("$ref", .text("#/$defs/axis"))])]
    case .anything: [.object([("not", .object([("type", .text("null"))]))])]
    case .cells:
      [
        .object([
          ("type", .text("array")), ("minItems", .number(1)),
          ("items", any(CellKeys.all.flatMap(cells))),
        ])
      ]
    }
  }

  /// A cell, or one for each of its kinds.
  private static func cells(_ cell: CellKind) -> [JSONValue] {
    guard !cell.kinds.isEmpty else { return [object(cell.keys, isNullable: false)] }
    return cell.kinds.map { kind in
      let own = kind.keys.map { ($0.name, property($0, isNullable: false)) }
      return .object([
        ("description", .text(kind.summary)), ("type", .text("object")),
        ("properties", .object([(cell.name, .object([("const", .text(kind.name))]))] + own)),
        ("required", .texts([cell.name] + kind.keys.filter(\.isRequired).map(\.name))),
        ("additionalProperties", .flag(false)),
      ])
    }
  }

  private static func any(_ ways: [JSONValue]) -> JSONValue {
    ways.count == 1 ? ways[0] : .object([("anyOf", .list(ways))])
  }

  private static func object(_ keys: [Key], isNullable: Bool = true) -> JSONValue {
    let required = isNullable ? [] : keys.filter(\.isRequired).map(\.name)
    return .object(
      [("type", .text("object")), ("properties", properties(keys, isNullable: isNullable))]
        + (required.isEmpty ? [] : [("required", .texts(required))])
        + [("additionalProperties", .flag(false))])
  }

  private static func choice(_ set: ChoiceSet) -> [JSONValue] {
    let names = SchemaValues.words(set.choices.map(\.name))
    let mappings = set.choices.map { choice -> JSONValue in
      var keys = (choice.settings.map(Key.init) + set.common).map {
        ($0.name, property($0, isNullable: true))
      }
      keys.insert((set.nameKey, .object([("const", .text(choice.name))])), at: 0)
      return .object([
        ("description", .text(choice.summary)), ("type", .text("object")),
        ("properties", .object(keys)), ("required", .texts([set.nameKey])),
        ("additionalProperties", .flag(false)),
      ])
    }
    // A file over a base may write settings alone.
    let settings = Set(set.choices.flatMap(\.settings).map(\.name) + set.common.map(\.name))
    let bare = JSONValue.object([
      ("type", .text("object")), ("properties", .object([(set.nameKey, .flag(false))])),
      ("propertyNames", SchemaValues.words(settings.sorted())),
    ])
    return [names] + mappings + (settings.isEmpty ? [] : [bare])
  }

  // MARK: Networks and axes

  private static var network: JSONValue {
    let choice = MultilayerPerceptron.choice
    let mlp = JSONValue.object([
      ("type", .text("object")),
      ("properties", .object([(choice.name, object(choice.settings.map(Key.init)))])),
      ("additionalProperties", .flag(false)),
    ])
    return .object([("anyOf", .list([mlp, .object([("$ref", .text("#/$defs/layers"))])]))])
  }

  private static var layers: JSONValue {
    let names = SchemaValues.words(Layers.all.filter(NetworkReader.isCompleteByName).map(\.name))
    return .object([
      ("type", .text("array")), ("minItems", .number(1)),
      ("items", .object([("anyOf", .list([names] + Layers.all.map(layer)))])),
    ])
  }

  private static func layer(_ choice: Choice) -> JSONValue {
    let name = JSONValue.object([("type", .texts(["string", "number", "boolean"]))])
    let others = choice.settings.filter { $0.name != choice.main }.map(Key.init)
    let settings = object(choice.settings.map(Key.init))
    let main = choice.settings.first { $0.name == choice.main }
    let empty = JSONValue.object([("type", .text("null"))])
    let value = any(
      (main.map { SchemaValues.ways($0.kind) } ?? []) + [settings]
        + (NetworkReader.isCompleteByName(choice) ? [empty] : []))
    let common = NetworkReader.common.map { key -> (String, JSONValue) in
      (key, key == "from" ? .object([("type", .texts(["string", "array"]))]) : name)
    }
    return .object([
      ("description", .text(choice.summary)), ("type", .text("object")),
      (
        "properties",
        .object(
          [(choice.name, value)] + others.map { ($0.name, property($0, isNullable: false)) }
            + common)
      ),
      ("required", .texts([choice.name])), ("additionalProperties", .flag(false)),
    ])
  }

  private static var axis: JSONValue {
    let ranges = CountedRange.Spacing.allCases.map { spacing -> JSONValue in
      let limits: NumberRange = spacing == .log ? .positive : .any
      let keys = [
        Key(
          spacing.rawValue, .value(.list(.number(limits), count: 2...2)), isRequired: true,
          "the first and the last value"),
        Key(
          "count", .value(.integer(1...AxisReader.mostValues)), isRequired: true,
          "how many values"),
      ]
      return object(keys, isNullable: false)
    }
    let list = JSONValue.object([("type", .text("array")), ("minItems", .number(1))])
    return .object([("anyOf", .list([list, SchemaValues.words(["all"])] + ranges + searches))])
  }

  /// The ranges that are searched.
  private static var searches: [JSONValue] {
    SearchedRange.Kind.allCases.map { kind in
      let inner: Setting.Kind =
        switch kind {
        case .logUniform: .number(.positive)
        case .intUniform: .integer(Int.min...Int.max)
        case .uniform, .choice: .number(.any)
        }
      let list = JSONValue.object([("type", .text("array")), ("minItems", .number(1))])
      let key = Key(
        kind.rawValue, .value(.list(inner, count: 2...2)), isRequired: true,
        "the least and the greatest value")
      guard kind == .choice else { return object([key], isNullable: false) }
      return .object([
        ("type", .text("object")), ("properties", .object([(kind.rawValue, list)])),
        ("required", .texts([kind.rawValue])), ("additionalProperties", .flag(false)),
      ])
    }
  }
}
