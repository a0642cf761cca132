package import Tracking

/// Log-probabilities from scores, y_i = x_i - log sum_j exp(x_j): `torch.nn.LogSoftmax(dim=1)`.
///
/// Jacobian: (N, N), 1 - 1ᵀ softmax(x): the identity minus the probabilities in every row.
package struct LogSoftmax: Module {
  package static let choice = Choice(
    "log-softmax", "scores to log-probabilities, x minus the log of the sum of exp(x)")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    try Softmax.requireRow(inputs[0], "log-softmax")
    return inputs[0]
  }
}
