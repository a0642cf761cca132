import RunStorage

extension SweepView {
  /// What a table says of runs that diverged or failed; `nil` where none did.
  public var badNote: String? {
    let words = runs.badWords
    guard !words.isEmpty else { return nil }
    return "\(words) of \(members.count) \(members.count == 1 ? "run" : "runs"): in no mean; a "
      + "configuration with such a run ranks after all without."
  }
}
