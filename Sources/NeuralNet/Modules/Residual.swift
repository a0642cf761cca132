package import Tracking

/// A branch beside the identity, y = x + f(x), f being the layers within it (He, Zhang, Ren, Sun,
/// "Deep residual learning", 2016); PyTorch writes it `x + f(x)`.
///
/// The course's Duplicate, branch, Add. Jacobian: 1 + df/dx, (N, N): the gradients of both ways add
/// up. This module is the sum at its end; the layers within are nodes of the graph like all others.
package struct Residual: Module {
  package static let choice = Choice(
    "residual", main: "layers",
    settings: [Setting("layers", .layers, default: nil, "the layers of the branch")],
    "adds what its layers make of their input to that input")

  package init(_ chosen: Chosen) {}

  package var arity: ClosedRange<Int> { 1...2 }
  package var gain: Double? { nil }
  package var worksInPlace: Bool { true }
  package var needsOutput: Bool { false }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    guard inputs[0] == inputs[inputs.count - 1] else {
      throw ShapeMismatch(
        "the residual adds its input of size \(inputs[1]) to its layers' output of size \(inputs[0])",
        hint: "let its last layer have the size of its input")
    }
    return inputs[0]
  }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    Add.sum(node, lowering.rows * node.outputShape.count, &lowering)
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    Add.spread(node, gradient, lowering.rows * node.outputShape.count, &lowering)
  }
}

// What others make of it.
extension Residual {
  package static var role: LayerRole { .shortcut }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .sequence(
      TorchClass(
        "Residual",
        """
        class Residual(nn.Sequential):
            \"""Adds what its layers make of their input to that input.\"""

            def forward(self, x):
                return x + super().forward(x)
        """))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    // Where the branch ends in what it branched from there is one value to read.
    node.inputs.count == 1 ? graph.add("Identity", node.inputs) : graph.add("Sum", node.inputs)
  }
}
