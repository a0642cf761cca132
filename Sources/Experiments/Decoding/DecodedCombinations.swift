import Runs

/// The combinations of a file that were read and are right, so that planning reads none again.
struct DecodedCombinations: Sendable {
  /// What each stands for; `nil` where the condition does not hold.
  var answers: [Asked: RunConfiguration?] = [:]

  /// A combination under a sweep's `where`.
  struct Asked: Hashable {
    let combination: Combination
    let condition: String?
  }
}
