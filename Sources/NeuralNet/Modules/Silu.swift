package import TensorKernels
package import Tracking

/// The input times its logistic function, y = x σ(x), σ(x) = 1 / (1 + exp(-x)): `torch.nn.SiLU`.
///
/// Jacobian: diagonal, (N, N), σ(x) (1 + x (1 - σ(x))).
package struct Silu: Elementwise {
  package static let choice = Choice("silu", "x times its logistic function")

  package init(_ chosen: Chosen) {}

  package var readsInput: Bool { true }
  package var forwardKernel: Kernel { .silu }
  package var backwardKernel: Kernel { .siluBack }
}

// What others make of it.
extension Silu {
  package static var role: LayerRole { .activation() }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.SiLU"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Mul", [node.x, graph.add("Sigmoid", [node.x])])
  }
}
