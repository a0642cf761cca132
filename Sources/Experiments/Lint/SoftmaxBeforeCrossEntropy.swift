import NeuralNet
import Tracking

/// A softmax whose probabilities cross-entropy takes for scores.
enum SoftmaxBeforeCrossEntropy: LintRule {
  static let name = "softmax-before-cross-entropy"
  static let reason =
    "cross-entropy takes the softmax itself, and a second one squeezes all scores into 0 to 1, so "
    + "that the loss cannot get near 0 and the gradient vanishes where the network is sure"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    LastLayer.findings("softmax", before: "cross-entropy", in: experiment)
  }
}

/// A last layer that the loss makes needless or harmful.
enum LastLayer {
  static func findings(
    _ kind: String, before loss: String, in experiment: LintedExperiment
  ) -> [Finding] {
    experiment.networks.compactMap { network, mark in
      guard network.loss?.name == loss, network.layers.last?.kind.name == kind else { return nil }
      return Finding(
        mark: mark([network.layers.count - 1]), message: "\(kind) stands before \(loss)",
        fix: kind == "log-softmax"
          ? "remove the layer, or keep it and write loss: nll" : "remove the layer")
    }
  }
}
