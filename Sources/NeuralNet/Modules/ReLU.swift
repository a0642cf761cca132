import TensorKernels
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
  package var worksInPlace: Bool { true }

  /// Nothing to do where the linear layer before has taken the positive part in its own pass.
  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    if node.isFused { return }
    let count = lowering.rows * node.outputShape.count
    lowering.emit(.relu, [node.inputs[0], node.output], sizes: [count])
  }

  /// Leaves to the linear layer before what that one can do in a pass it makes anyway.
  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    if gradient.isMasked { return [Gradient(gradient.buffer)] }
    if node.isFused { return [Gradient(gradient.buffer, mask: node.output)] }
    let count = lowering.rows * node.outputShape.count
    lowering.emit(
      .reluBack, [node.output, gradient.buffer, gradient.buffer], sizes: [count])
    return [Gradient(gradient.buffer)]
  }
}

// What others make of it.
extension ReLU {
  package static var role: LayerRole { .activation() }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.ReLU"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Relu", [node.x])
  }
}
