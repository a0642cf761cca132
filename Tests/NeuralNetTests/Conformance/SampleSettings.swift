import Tracking

/// Legal values of a kind's settings, made of what the settings say of themselves, so that a kind
/// that is registered tomorrow has samples today.
enum SampleSettings {
  /// The choice with every setting at its default, or at a small value where it has none.
  static func base(_ choice: Choice) -> Chosen {
    Chosen(
      choice.name,
      Dictionary(
        uniqueKeysWithValues: choice.settings.map {
          ($0.name, $0.standard ?? values(of: $0.kind).first ?? .off)
        }))
  }

  /// The base, then for every setting the base with another value of that setting alone.
  static func all(_ choice: Choice) -> [(setting: String?, chosen: Chosen)] {
    let base = base(choice)
    var result: [(setting: String?, chosen: Chosen)] = [(nil, base)]
    for setting in choice.settings {
      for value in values(of: setting.kind) where value != base.values[setting.name] {
        let changed = base.values.merging([setting.name: value]) { _, new in new }
        result.append((setting.name, Chosen(choice.name, changed)))
      }
    }
    return result
  }

  private static func values(of kind: Setting.Kind) -> [ParameterValue] {
    switch kind {
    case .number(let range):
      return [0.3, 0.6].filter(range.contains).map(ParameterValue.number)
    case .integer(let range):
      return [3, 1].filter(range.contains).map(ParameterValue.integer)
    case .flag: return [.flag(false), .flag(true)]
    case .word(let words): return words.map(ParameterValue.text)
    case .list(let element, let count):
      // Names of layers for those that join, otherwise numbers that differ.
      if element == .text { return [.list([.text("a"), .text("b")])] }
      guard count.contains(3) else { return [] }
      if case .number = element {
        return [.list([.number(1), .number(0.3), .number(2)])]
      }
      return []
    case .either(let kinds): return kinds.first.map(values) ?? []
    case .orOff(let kind): return [.off] + values(of: kind)
    case .text, .path, .mapping, .layers: return []
    }
  }
}
