package import Tracking

/// A ramp that leaks, y = x where x > 0 and slope x elsewhere: `torch.nn.LeakyReLU`.
///
/// Jacobian: diagonal, (N, N), 1 where x > 0 and slope elsewhere, at 0 too.
package struct LeakyReLU: Module {
  package static let choice = Choice(
    "leaky-relu", main: "slope",
    settings: [
      Setting(
        "slope", .number(.notNegative), default: .number(0.01),
        "factor of negative inputs (PyTorch's negative_slope)")
    ],
    "x where it is positive, slope times x elsewhere")

  package let slope: Double

  package init(_ chosen: Chosen) { slope = chosen.number("slope") }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }

  package var gain: Double? { (2 / (1 + slope * slope)).squareRoot() }
}
