import FileLanguage
import NeuralNet

/// Settings of an optimizer that are right one by one also go together.
enum OptimizerSettings {
  static func check(_ draft: RunDraft, _ problems: SpecProblems) {
    guard let part = draft.train["optimizer"], let chosen = part.chosen, let node = part.node,
      let conflict = Optimizers.conflict(in: chosen)
    else { return }
    let mark = node.entry(conflict.setting)?.value.mark ?? node.mark
    problems.report(mark, conflict.message)
  }
}
