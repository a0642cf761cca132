import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

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

  /// Weights that the training rows decide need a row of every class.
  static func checkBalance(
    _ draft: RunDraft, _ network: NetworkRun, _ library: DataLibrary, _ problems: SpecProblems
  ) {
    guard let node = draft.train["loss"]?.node, let loss = network.train.loss,
      Losses.resolved(loss, classCounts: [1, 1]) != loss,
      let data = try? library.prepare(network.data), let counts = data.train.classCounts,
      let names = data.classNames, let empty = counts.firstIndex(of: 0)
    else { return }
    problems.report(
      node.entry("class_weights")?.value.mark ?? node.mark,
      "no training row is of the class '\(names[empty])', so that it has no balanced weight",
      ["write the weights as a list, or let every class have training rows"])
  }
}
