package import TensorKernels
package import Tracking

/// The hyperbolic tangent, y = (exp(x) - exp(-x)) / (exp(x) + exp(-x)): `torch.nn.Tanh`.
///
/// Jacobian: diagonal, (N, N), 1 - y².
package struct Tanh: Elementwise {
  package static let choice = Choice("tanh", "hyperbolic tangent")

  package init(_ chosen: Chosen) {}

  package var gain: Double? { 5.0 / 3.0 }

  package var forwardKernel: Kernel { .tanh }
  package var backwardKernel: Kernel { .tanhBack }
}

// What others make of it.
extension Tanh {
  package static var role: LayerRole { .activation(mostInRow: 4) }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.Tanh"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Tanh", [node.x])
  }
}
