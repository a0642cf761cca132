import TensorKernels
package import Tracking

/// The greatest of several values of one shape, number by number: `torch.maximum`.
///
/// The course's Max gives the gradient to the greatest input. Jacobian with respect to an input:
/// diagonal, (N, N), 1 where it is the greatest and 0 elsewhere. Where k inputs are equally great
/// PyTorch's `maximum` and `amax` give 1/k to each of them, which is computed; the course leaves
/// ties open.
package struct Max: Combining {
  package static let choice = Choice(
    "max", main: "inputs", settings: [inputs], "greatest of the named layers, number by number")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    try Self.requireEqual(inputs, "max")
  }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let count = lowering.rows * node.outputShape.count
    lowering.emit(.copy, [node.inputs[0], node.output], sizes: [count])
    for input in node.inputs.dropFirst() {
      lowering.emit(.maximum, [input, node.output], sizes: [count])
    }
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let count = lowering.rows * node.outputShape.count
    let ties = lowering.scratch(count)
    lowering.emit(.fill, [ties], sizes: [count], scalars: [0])
    for input in node.inputs {
      lowering.emit(.ties, [input, node.output, ties], sizes: [count])
    }
    return zip(node.inputs, node.needsGradient).map { input, isNeeded in
      guard isNeeded else { return nil }
      let back = lowering.scratch(count)
      lowering.emit(
        .maximumBack, [input, node.output, ties, gradient.buffer, back], sizes: [count])
      return Gradient(back)
    }
  }
}

// What others make of it.
extension Max {
  package static var role: LayerRole { .selection }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .expression { values in
      values.dropFirst().reduce(values[0]) { "torch.maximum(\($0), \($1))" }
    }
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Max", node.inputs)
  }
}
