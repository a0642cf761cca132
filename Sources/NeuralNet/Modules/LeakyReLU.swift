package import TensorKernels
package import Tracking

/// A ramp that leaks, y = x where x > 0 and slope x elsewhere: `torch.nn.LeakyReLU`.
///
/// Jacobian: diagonal, (N, N), 1 where x > 0 and slope elsewhere, at 0 too.
package struct LeakyReLU: Elementwise {
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

  package var gain: Double? { (2 / (1 + slope * slope)).squareRoot() }

  package var forwardKernel: Kernel { .leaky }
  package var backwardKernel: Kernel { .leakyBack }
  package var scalar: Double { slope }
}

// What others make of it.
extension LeakyReLU {
  package static var role: LayerRole { .activation() }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.LeakyReLU", [.number(slope, unless: 0.01)]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("LeakyRelu", [node.x], [("alpha", .float(slope))])
  }
}
