public import FileLanguage

/// What a file could do better: a place, one sentence, the reason, and what to write instead.
///
/// Advice is no error: the file runs as it is.
public struct Advice: Hashable, Sendable, CustomStringConvertible {
  /// The name of the rule, which `lint: {allow: [...]}` takes.
  public let rule: String
  /// The place it is about.
  public let mark: Mark
  /// What was found, as a clause.
  public let message: String
  /// Why it matters, in one sentence.
  public let reason: String
  /// What to write instead.
  public let fix: String

  /// The advice as it is printed: place, clause, the line with a caret, the reason and the fix.
  public var description: String {
    let place = Diagnostic(mark, message, notes: ["why: " + reason, "fix: " + fix])
    return place.description(as: "advice", of: rule)
  }
}
