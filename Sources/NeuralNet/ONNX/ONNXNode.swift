/// One application of a module among the values of a graph of ONNX.
package struct ONNXNode: Sendable {
  /// The names of the values it reads.
  package let inputs: [String]
  package let inputShapes: [Shape]
  /// The names of its parameters, as the module declares them.
  package let parameters: [String]
  /// The names of its buffers, as the module declares them.
  package let buffers: [String]
  /// The layer's place among all, for constants that are this layer's alone.
  package let layer: Int

  package init(
    inputs: [String], inputShapes: [Shape], parameters: [String], buffers: [String], layer: Int
  ) {
    self.inputs = inputs
    self.inputShapes = inputShapes
    self.parameters = parameters
    self.buffers = buffers
    self.layer = layer
  }

  /// The name of the first value it reads.
  package var x: String { inputs[0] }

  /// The first value as rows of numbers.
  package func row(_ graph: inout ONNXGraph) -> String {
    inputShapes[0].sizes.count == 1 ? x : graph.add("Flatten", [x], [("axis", .integer(1))])
  }
}
