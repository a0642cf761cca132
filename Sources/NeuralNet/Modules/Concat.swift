import TensorKernels
package import Tracking

/// Several values side by side, images one channel after the other: `torch.cat(dim=1)`.
///
/// Jacobian with respect to input i: (N, N_i), ones where the output repeats the input, so each
/// input takes its part of the gradient.
package struct Concat: Combining {
  package static let choice = Choice(
    "concat", main: "inputs", settings: [inputs], "the named layers side by side")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    let rest = inputs[0].sizes.dropFirst()
    for shape in inputs where shape.sizes.dropFirst() != rest {
      throw ShapeMismatch(
        "concat takes rows, or images of one height and width, but gets \(inputs[0]) and \(shape)",
        hint: "make them rows with flatten")
    }
    return Shape([inputs.reduce(0) { $0 + $1.sizes[0] }] + rest)
  }

  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let whole = node.outputShape.count
    var first = 0
    for (input, shape) in zip(node.inputs, node.inputShapes) {
      lowering.emit(
        .part, [input, node.output],
        sizes: [lowering.rows, shape.count, shape.count, whole, 0, first])
      first += shape.count
    }
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let whole = node.outputShape.count
    var first = 0
    return zip(node.inputShapes, node.needsGradient).map { shape, isNeeded in
      defer { first += shape.count }
      guard isNeeded else { return nil }
      let back = lowering.scratch(lowering.rows * shape.count)
      lowering.emit(
        .part, [gradient.buffer, back],
        sizes: [lowering.rows, shape.count, whole, shape.count, first, 0])
      return Gradient(back)
    }
  }
}

// What others make of it.
extension Concat {
  package static var role: LayerRole { .selection }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .expression { "torch.cat([\($0.joined(separator: ", "))], dim=1)" }
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Concat", node.inputs, [("axis", .integer(1))])
  }
}
