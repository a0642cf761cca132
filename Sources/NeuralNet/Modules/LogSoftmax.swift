import TensorKernels
package import Tracking

/// Log-probabilities from scores, y_i = x_i - log sum_j exp(x_j): `torch.nn.LogSoftmax(dim=1)`.
///
/// Jacobian: (N, N), 1 - 1ᵀ softmax(x): the identity minus the probabilities in every row.
package struct LogSoftmax: Module {
  package static let choice = Choice(
    "log-softmax", "scores to log-probabilities, x minus the log of the sum of exp(x)")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    try Softmax.requireRow(inputs[0], "log-softmax")
    return inputs[0]
  }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let sizes = [lowering.rows, node.outputShape.count]
    lowering.emit(.logSoftmax, [node.inputs[0], node.output], sizes: sizes)
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let sizes = [lowering.rows, node.outputShape.count]
    lowering.emit(.logSoftmaxBack, [node.output, gradient.buffer, gradient.buffer], sizes: sizes)
    return [Gradient(gradient.buffer)]
  }
}

// What others make of it.
extension LogSoftmax {
  package static var role: LayerRole { .logProbabilities }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.LogSoftmax", [.integer(1, named: "dim")]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("LogSoftmax", [node.x], [("axis", .integer(-1))])
  }
}
