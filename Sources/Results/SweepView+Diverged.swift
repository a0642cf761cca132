import Languages
import RunStorage

extension SweepView {
  /// What a table says of runs that diverged or failed; `nil` where none did.
  public var badNote: String? {
    let words = runs.badWords(language)
    guard !words.isEmpty else { return nil }
    return language(.badRuns, words, members.count)
  }
}
