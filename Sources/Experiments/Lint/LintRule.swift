import FileLanguage

/// A habit that is worth a word before anything is trained: one rule a file.
protocol LintRule: Sendable {
  /// The name that `lint: {allow: [...]}` takes.
  static var name: String { get }
  /// Why it matters, in one sentence.
  static var reason: String { get }

  /// What the rule finds in an experiment: a place, a clause and the fix each.
  static func findings(in experiment: LintedExperiment) -> [Finding]
}

/// One thing that a rule found.
struct Finding: Hashable {
  let mark: Mark
  /// What was found, as a clause.
  let message: String
  /// What to write instead.
  let fix: String
}
