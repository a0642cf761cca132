package import TensorKernels
package import Tracking

/// Minus the log-probability given to the right class: `torch.nn.NLLLoss`.
///
/// For log-probabilities x (1, K) of a row of class c: loss = -x_c, the mean over rows.
/// Gradient: dloss/dx = -onehot(c) / B, (1, K).
package struct NegativeLogLikelihood: Loss {
  package static let choice = Choice(
    "nll", otherNames: ["nllloss"],
    "negative log-likelihood, for a network that ends in log-softmax")

  package init(_ chosen: Chosen) {}

  package static func outputs(for targets: TargetKind) -> Int? {
    if case .classes(let count) = targets { count } else { nil }
  }

  package var kernel: Kernel { .nll }
}

// What others make of it.
extension NegativeLogLikelihood {
  package static var takesClassIndices: Bool { true }
  package static func reading(ofOutputs count: Int) -> OutputKind { .logarithms }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall("nn.NLLLoss")
  }
}
