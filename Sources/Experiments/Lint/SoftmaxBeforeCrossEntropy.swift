import NeuralNet
import Tracking

/// A softmax whose probabilities cross-entropy takes for scores.
enum SoftmaxBeforeCrossEntropy: LintRule {
  static let name = "softmax-before-cross-entropy"
  static let reason =
    "cross-entropy takes the softmax itself, and a second one squeezes all scores into 0 to 1, so "
    + "that the loss cannot get near 0 and the gradient vanishes where the network is sure"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    LastLayer.findings(.probabilities, fix: "remove the layer", in: experiment)
  }
}

/// A last layer whose work a loss that takes scores does itself.
enum LastLayer {
  static func findings(
    _ role: LayerRole, fix: String, in experiment: LintedExperiment
  ) -> [Finding] {
    experiment.networks.compactMap { network, mark in
      guard let loss = network.loss, Losses.takesScores(loss),
        let kind = network.layers.last?.kind.name, Layers.role(kind) == role
      else { return nil }
      return Finding(
        mark: mark([network.layers.count - 1]), message: "\(kind) stands before \(loss.name)",
        fix: fix)
    }
  }
}
