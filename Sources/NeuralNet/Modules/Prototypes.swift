import TensorKernels
package import Tracking

/// How near the input is to each of n trainable points, y_k = -|x - p_k|²; PyTorch writes it
/// `-((x[:, None] - p) ** 2).sum(2)`.
///
/// The course's nearest neighbour: the greatest output is the nearest point's.
/// Jacobian: (n, I), row k is -2 (x - p_k); with respect to p_k: dy_k/dp_k = 2 (x - p_k), (1, I).
package struct Prototypes: Module {
  package static let choice = Choice(
    "prototypes", main: "count",
    settings: [
      Setting(
        "count", .either([.integer(1...Shape.mostUnits), .word(["classes", "features"])]),
        default: nil, "how many points, or the data's number of classes or features")
    ],
    "minus the squared distance to each of n trainable points")

  package let count: ParameterValue

  package init(_ chosen: Chosen) { count = chosen.values["count"] ?? .off }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    guard case .integer(let count) = count else {
      throw ShapeMismatch(
        "prototypes: \(count.display) has no size, because the data have no classes",
        hint: "write the number of points")
    }
    return Shape(count)
  }

  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] {
    guard case .integer(let count) = count else { return [] }
    let inputs = inputs[0].count
    return [
      ParameterDeclaration(
        name: "weight", shape: Shape([count, inputs]), fanIn: inputs, fanOut: count)
    ]
  }

  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    lowering.emit(
      .distances, [node.inputs[0], node.parameters[0], node.output],
      sizes: sizes(node, lowering))
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let back =
      node.needsGradient[0] ? lowering.scratch(lowering.rows * node.inputShapes[0].count) : nil
    lowering.emit(
      .distancesBack,
      [node.inputs[0], node.parameters[0], gradient.buffer, back, node.gradients[0]],
      sizes: sizes(node, lowering))
    return [back.map { Gradient($0) }]
  }

  private func sizes(_ node: NodeContext, _ lowering: Lowering) -> [Int] {
    [lowering.rows, node.outputShape.count, node.inputShapes[0].count]
  }
}

// What others make of it.
extension Prototypes {
  package static var role: LayerRole { .selection }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(
      TorchCall("Prototypes", [.value(count), .integer(inputs[0].count)]),
      flattens: inputs[0].sizes.count > 1, definition: Self.torchClass)
  }

  /// Minus the squared distance of each row to each point, from their differences.
  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    let axis = graph.constant("prototypes.point-axis", integers: [1])
    let last = graph.constant("prototypes.last-axis", integers: [2])
    let rows = graph.add("Unsqueeze", [node.row(&graph), axis])
    let difference = graph.add("Sub", [rows, node.parameters[0]])
    let square = graph.add("Mul", [difference, difference])
    let sum = graph.add("ReduceSum", [square, last], [("keepdims", .integer(0))])
    return graph.add("Neg", [sum])
  }

  private static let torchClass = TorchClass(
    "Prototypes",
    """
    class Prototypes(nn.Module):
        \"""Minus the squared distance to each of n trainable points.\"""

        def __init__(self, count, features):
            super().__init__()
            bound = features ** -0.5
            self.weight = nn.Parameter(torch.empty(count, features).uniform_(-bound, bound))

        def forward(self, x):
            return -((x[:, None] - self.weight) ** 2).sum(2)
    """)
}
