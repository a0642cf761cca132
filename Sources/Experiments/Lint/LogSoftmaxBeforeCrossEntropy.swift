import NeuralNet

/// A log-softmax that cross-entropy does once more.
enum LogSoftmaxBeforeCrossEntropy: LintRule {
  static let name = "log-softmax-before-cross-entropy"
  static let reason =
    "cross-entropy begins with log-softmax, and a second one changes nothing, so it only takes time"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    LastLayer.findings(
      .logProbabilities, fix: "remove the layer, or keep it and write loss: nll", in: experiment)
  }
}
