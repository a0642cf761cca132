import FileLanguage

/// A run lasts so many epochs or so many updates, not both.
enum EpochsOrSteps {
  static func check(_ train: SpecNode, _ problems: SpecProblems) {
    guard let epochs = train.entry("epochs"), let steps = train.entry("steps") else { return }
    let isLater =
      (steps.keyMark.line, steps.keyMark.column)
      > (epochs.keyMark.line, epochs.keyMark.column)
    let second = isLater ? steps : epochs
    problems.report(
      second.keyMark, "train has both epochs and steps",
      ["a run lasts so many epochs or so many updates; remove one of the two"])
  }
}
