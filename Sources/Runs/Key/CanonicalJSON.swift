package import Tracking

/// JSON that is written in one way only: keys sorted by their bytes, no white space, shortest doubles.
package indirect enum CanonicalJSON: Hashable, Sendable {
  case value(ParameterValue)
  case list([CanonicalJSON])
  case object([String: CanonicalJSON])
  /// The text of another one.
  case written(String)

  /// The text that is hashed.
  package var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .value(let value): result += value.json
    case .written(let text): result += text
    case .list(let items):
      result += "["
      for (index, item) in items.enumerated() {
        if index > 0 { result += "," }
        item.write(to: &result)
      }
      result += "]"
    case .object(let entries):
      result += "{"
      let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, entry) in sorted.enumerated() {
        if index > 0 { result += "," }
        result += ParameterValue.json(entry.key) + ":"
        entry.value.write(to: &result)
      }
      result += "}"
    }
  }

  package static func text(_ text: String) -> CanonicalJSON { .value(.text(text)) }

  package static func integer(_ value: Int) -> CanonicalJSON { .value(.integer(value)) }

  /// An object of settings without those that are off.
  package static func settings(_ values: [String: ParameterValue]) -> CanonicalJSON {
    .object(values.filter { !$0.value.isOff }.mapValues(CanonicalJSON.value))
  }
}

extension ParameterValue {
  /// Whether an option at this value does nothing: `none`, `false` or 0.
  ///
  /// Such options are left out of a key, so that a new one that is off keeps the keys of runs that
  /// were made before it existed.
  var isOff: Bool {
    switch self {
    case .off, .flag(false): true
    case .integer, .number: asNumber == 0
    case .flag, .text, .list, .mapping: false
    }
  }
}
