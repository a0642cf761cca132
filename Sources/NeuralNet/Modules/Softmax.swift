import TensorKernels
package import Tracking

/// Probabilities from scores, y_i = exp(x_i) / sum_j exp(x_j): `torch.nn.Softmax(dim=1)`.
///
/// The course's soft(arg)max with beta = 1. Jacobian: (N, N), diag(y) - yᵀ y for a row y.
package struct Softmax: Module {
  package static let choice = Choice(
    "softmax", "scores to probabilities, exp(x) over the sum of exp(x)")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    try Softmax.requireRow(inputs[0], "softmax")
    return inputs[0]
  }

  package static func requireRow(_ shape: Shape, _ name: String) throws(ShapeMismatch) {
    guard shape.sizes.count == 1 else {
      throw ShapeMismatch(
        "\(name) takes a row of scores, but gets the shape \(shape)",
        hint: "put a linear layer before it")
    }
  }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let sizes = [lowering.rows, node.outputShape.count]
    lowering.emit(.softmax, [node.inputs[0], node.output], sizes: sizes)
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let sizes = [lowering.rows, node.outputShape.count]
    lowering.emit(.softmaxBack, [node.output, gradient.buffer, gradient.buffer], sizes: sizes)
    return [Gradient(gradient.buffer)]
  }

  package var worksInPlace: Bool { true }
}

// What others make of it.
extension Softmax {
  package static var role: LayerRole { .probabilities }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.Softmax", [.integer(1, named: "dim")]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Softmax", [node.x], [("axis", .integer(-1))])
  }
}
