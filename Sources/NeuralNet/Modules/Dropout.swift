package import Tracking

/// Puts a share of the values to zero while training: `torch.nn.Dropout`.
///
/// Training: y = m x / (1 - p) with m drawn anew for every value, 0 with probability p; inference:
/// y = x. The course also gives the form that scales at inference instead; PyTorch's is computed.
/// Jacobian: diagonal, (N, N), m / (1 - p).
package struct Dropout: Module {
  package static let choice = Choice(
    "dropout", main: "p",
    settings: [
      Setting(
        "p", .number(.shareBelowOne), default: .number(0.5), "share of the values put to zero")
    ],
    "puts a share of the values to zero while training, scales the others by 1 / (1 - p)")

  package let probability: Double

  package init(_ chosen: Chosen) { probability = chosen.number("p") }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }

  package var gain: Double? { nil }
}
