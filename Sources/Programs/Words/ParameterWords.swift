import Tracking

/// Values of parameters as the words of a command have them.
enum ParameterWords {
  /// A value inside a word: numbers in their shortest form, whole ones without a point, `true` and
  /// `false`, `null`, the items of a list between commas, what is nested deeper as JSON.
  static func text(_ value: ParameterValue) -> String {
    switch value {
    case .off: "null"
    case .list(let items): items.map(item).joined(separator: ",")
    case .mapping: value.json
    case .flag, .integer, .number, .text: value.display
    }
  }

  /// An item of a list.
  static func item(_ value: ParameterValue) -> String {
    if case .list = value { return value.json }
    return text(value)
  }

  /// The items of a list as words, or the one value.
  static func items(_ value: ParameterValue) -> [String] {
    switch value {
    case .off: []
    case .list(let items): items.map(item)
    default: [text(value)]
    }
  }

  /// `--lr=0.1`; `--amp` or nothing; nothing for null; `--w=1,2`; what lies in a mapping as `--a.b=1`.
  static func option(_ option: String, _ value: ParameterValue) -> [String] {
    switch value {
    case .off, .flag(false): []
    case .flag(true): [option]
    case .mapping(let inner): inner.byName.flatMap { self.option(option + "." + $0, $1) }
    case .integer, .number, .text, .list: [option + "=" + text(value)]
    }
  }

  /// `--lr 0.1`; `--amp` or nothing; nothing for null; `--w 1 2`; what lies in a mapping as `--a.b 1`.
  static func spreadOption(_ option: String, _ value: ParameterValue) -> [String] {
    switch value {
    case .off, .flag(false): []
    case .flag(true): [option]
    case .mapping(let inner): inner.byName.flatMap { spreadOption(option + "." + $0, $1) }
    case .integer, .number, .text, .list: [option] + items(value)
    }
  }
}
