package import Tracking

/// The logistic function, y = 1 / (1 + exp(-x)): `torch.nn.Sigmoid`.
///
/// Jacobian: diagonal, (N, N), y (1 - y).
package struct Sigmoid: Module {
  package static let choice = Choice("sigmoid", "logistic function 1 / (1 + exp(-x))")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }
}
