package import TensorKernels
package import Tracking

/// The logistic function, y = 1 / (1 + exp(-x)): `torch.nn.Sigmoid`.
///
/// Jacobian: diagonal, (N, N), y (1 - y).
package struct Sigmoid: Elementwise {
  package static let choice = Choice("sigmoid", "logistic function 1 / (1 + exp(-x))")

  package init(_ chosen: Chosen) {}

  package var forwardKernel: Kernel { .sigmoid }
  package var backwardKernel: Kernel { .sigmoidBack }
}

// What others make of it.
extension Sigmoid {
  package static var role: LayerRole { .activation(mostInRow: 2) }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.Sigmoid"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Sigmoid", [node.x])
  }
}
