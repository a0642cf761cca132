import FileLanguage
import NeuralNet

/// Settings of a loss go with the data: as many weights as classes.
enum LossSettings {
  static func check(_ draft: RunDraft, _ target: TargetKind?, _ problems: SpecProblems) {
    guard let part = draft.train["loss"], let chosen = part.chosen, let node = part.node,
      let target,
      let conflict = Losses.conflict(in: chosen, for: target)
    else { return }
    let mark = node.entry(conflict.setting)?.value.mark ?? node.mark
    problems.report(mark, conflict.message)
  }
}
