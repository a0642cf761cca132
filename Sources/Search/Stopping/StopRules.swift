public import Tracking

/// The rules by their names.
public enum StopRules {
  package static let all: [any StopRule.Type] = [AshaRule.self, MedianRule.self]

  /// What a sweep's `stop` may name.
  public static let choices: [Choice] = all.map { $0.choice }

  /// The rule of a choice; `nil` where there is none of that name.
  package static func rule(_ chosen: Chosen) -> (any StopRule)? {
    all.first { $0.choice.name == chosen.name }?.init(chosen)
  }
}

extension Chosen {
  /// A whole number; `nil` where the setting is off.
  func wholeNumber(_ key: String) -> Int? {
    if case .integer(let value)? = values[key] { value } else { nil }
  }

  /// The choice without settings that came later and are off, so that what is said of it stays the same.
  public var withoutNewSettings: Chosen {
    Chosen(
      name,
      values.filter { name, value in
        !(["min_steps", "asynchronous"].contains(name) && (value == .off || value == .flag(false)))
      })
  }
}
