import Datasets
import FileLanguage
import Tracking

/// Data without a target trains nothing: it takes `epochs: 0`.
enum TargetlessRun {
  static func check(_ draft: RunDraft, _ shape: DataShape, _ problems: SpecProblems) {
    guard case .none = shape.target else { return }
    if case .integer(0) = draft.value("epochs") { return }
    if case .integer(0) = draft.value("steps") { return }
    let mark =
      draft.mark("epochs") ?? draft.mark("steps") ?? draft.data.draft.mark(of: "source")
    problems.report(
      mark,
      "the data of '\(draft.data.draft.source.name)' has no target, so nothing can be trained",
      ["write train: {epochs: 0}, or take another source"])
  }
}
