package import TensorKernels
package import Tracking

/// Log-softmax and negative log-likelihood in one: `torch.nn.CrossEntropyLoss`.
///
/// For scores x (1, K) of a row of class c: loss = log sum_j exp(x_j) - x_c, the mean over rows.
/// Gradient: dloss/dx = (softmax(x) - onehot(c)) / B, (1, K).
package struct CrossEntropy: Loss {
  package static let choice = Choice(
    "cross-entropy", "log-softmax and negative log-likelihood in one, on the last layer's scores")

  package init(_ chosen: Chosen) {}

  package func outputs(for targets: TargetKind) -> Int? {
    if case .classes(let count) = targets { count } else { nil }
  }

  package var kernel: Kernel { .crossEntropy }
}
