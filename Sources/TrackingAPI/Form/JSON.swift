/// A JSON value as it came, whole numbers apart from others.
enum JSON: Hashable, Sendable {
  case null
  case flag(Bool)
  case whole(Int64)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([JSONField])

  /// The value of a field; `nil` where there is none.
  subscript(_ name: String) -> JSON? {
    guard case .object(let fields) = self else { return nil }
    // As Python and the browsers read it: the last of equal names.
    return fields.last { $0.name == name }?.value
  }

  /// What Python calls its type, as MLflow's messages do.
  var typeName: String {
    switch self {
    case .null: "NoneType"
    case .flag: "bool"
    case .whole: "int"
    case .number: "float"
    case .text: "str"
    case .list: "list"
    case .object: "dict"
    }
  }
}

/// One field of an object.
struct JSONField: Hashable, Sendable {
  let name: String
  let value: JSON
}
