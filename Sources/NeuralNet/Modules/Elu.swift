package import TensorKernels
package import Tracking

/// A ramp with a soft floor, y = x where x > 0 and α (exp(x) - 1) elsewhere: `torch.nn.ELU`.
///
/// Jacobian: diagonal, (N, N), 1 where x > 0 and α exp(x) elsewhere, at 0 too; y + α, which equals it,
/// would be 0 in single precision where x is below -17.
package struct Elu: Elementwise {
  package static let choice = Choice(
    "elu", main: "alpha",
    settings: [
      Setting("alpha", .number(.notNegative), default: .number(1), "minus the floor")
    ],
    "x where it is positive, alpha (exp(x) - 1) elsewhere")

  package let alpha: Double

  package init(_ chosen: Chosen) { alpha = chosen.number("alpha") }

  package var readsInput: Bool { true }
  package var forwardKernel: Kernel { .elu }
  package var backwardKernel: Kernel { .eluBack }
  package var scalar: Double { alpha }
}

// What others make of it.
extension Elu {
  package static var role: LayerRole { .activation() }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.ELU", [.number(alpha, unless: 1)]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Elu", [node.x], [("alpha", .float(alpha))])
  }
}
