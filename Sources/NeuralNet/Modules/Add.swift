import TensorKernels
package import Tracking

/// The sum of several values of one shape, y = x1 + x2 up to the last: `torch.add`.
///
/// The course's Add. Jacobian with respect to each input: the identity, (N, N), so the gradient goes
/// to each of them unchanged.
package struct Add: Combining {
  package static let choice = Choice(
    "add", main: "inputs", settings: [inputs], "sum of the named layers")

  package init(_ chosen: Chosen) {}

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    try Self.requireEqual(inputs, "add")
  }

  package var worksInPlace: Bool { true }
  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    Add.sum(node, lowering.rows * node.outputShape.count, &lowering)
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    Add.spread(node, gradient, lowering.rows * node.outputShape.count, &lowering)
  }

  /// The output as the sum of the inputs, the first of which may lie in its place.
  static func sum(_ node: NodeContext, _ count: Int, _ lowering: inout Lowering) {
    var rest = node.inputs.dropFirst()
    if node.inputs[0] != node.output, let second = rest.popFirst() {
      lowering.emit(.plus, [node.inputs[0], second, node.output], sizes: [count])
    }
    for input in rest { lowering.emit(.add, [input, node.output], sizes: [count]) }
  }

  /// The gradient for each input that needs one, in memory of its own.
  static func spread(
    _ node: NodeContext, _ gradient: Gradient, _ count: Int, _ lowering: inout Lowering
  ) -> [Gradient?] {
    var isTaken = false
    return node.needsGradient.map { isNeeded in
      guard isNeeded else { return nil }
      guard isTaken else {
        isTaken = true
        return Gradient(gradient.buffer)
      }
      let copy = lowering.scratch(count)
      lowering.emit(.copy, [gradient.buffer, copy], sizes: [count])
      return Gradient(copy)
    }
  }
}

/// A module that joins the values of several named layers.
package protocol Combining: Module {}

extension Combining {
  /// The layers it joins, the main value of each of these modules.
  static var inputs: Setting {
    Setting(
      "inputs", .list(.text, count: 2...1000), default: nil,
      "names of the layers it joins; 'input' is the network's input")
  }

  package var arity: ClosedRange<Int> { 2...1000 }
  package var gain: Double? { nil }

  static func requireEqual(_ shapes: [Shape], _ name: String) throws(ShapeMismatch) -> Shape {
    for shape in shapes where shape != shapes[0] {
      throw ShapeMismatch(
        "\(name) takes values of one shape, but gets \(shapes[0]) and \(shape)",
        hint: "give them the same size with a linear layer")
    }
    return shapes[0]
  }
}

// What others make of it.
extension Add {
  package static var role: LayerRole { .shortcut }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .expression { $0.joined(separator: " + ") }
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    node.inputs.count == 1 ? graph.add("Identity", node.inputs) : graph.add("Sum", node.inputs)
  }
}
