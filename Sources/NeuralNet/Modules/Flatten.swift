import TensorKernels
package import Tracking

/// An image as a row, channel by channel, line by line: `torch.nn.Flatten`.
///
/// Jacobian: the identity, (N, N); only the shape changes.
package struct Flatten: Module {
  package static let choice = Choice("flatten", "an image as a row of numbers")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    Shape(inputs[0].count)
  }

  package var gain: Double? { nil }
  package var worksInPlace: Bool { true }
  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    if node.inputs[0] == node.output { return }
    lowering.emit(
      .copy, [node.inputs[0], node.output], sizes: [lowering.rows * node.outputShape.count])
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    [Gradient(gradient.buffer)]
  }
}

// What others make of it.
extension Flatten {
  package static var role: LayerRole { .still }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.Flatten"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    node.row(&graph)
  }
}
