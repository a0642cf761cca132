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
