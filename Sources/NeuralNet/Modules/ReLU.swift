package import Tracking

/// The positive part, y = max(x, 0): `torch.nn.ReLU`.
///
/// Jacobian: diagonal, (N, N), 1 where x > 0 and 0 elsewhere. At x = 0 PyTorch takes 0, which is
/// computed; the course leaves the value there open.
package struct ReLU: Module {
  package static let choice = Choice("relu", "positive part, max(x, 0)")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }

  package var gain: Double? { 2.0.squareRoot() }
}
