/// A network whose layers have been checked once: shapes, names and places.
///
/// It is a directed acyclic graph of values and nodes. Value 0 is the input; node n reads the
/// values its `inputs` name and makes value n + 1. Nodes stand in an order in which every value is
/// made before it is read, so that the derivative graph is the same list read backwards. A value
/// that several nodes read is the course's Duplicate: its gradients add up.
public struct Graph: Sendable {
  /// The shape of one row that goes in.
  public let input: Shape
  /// The shape of one row that comes out.
  public let output: Shape
  /// The layers in order, as the file lists them.
  public let layers: [LayerSummary]
  /// Every trainable tensor, in the order of the layers.
  public let parameters: [ParameterTensor]
  /// Numbers that training changes but no gradient does, such as batch-norm's running statistics.
  public let buffers: [ParameterTensor]

  package let nodes: [Node]

  /// One application of a module.
  package struct Node: Sendable {
    package let module: any Module
    /// The values it reads.
    package let inputs: [Int]
    package let inputShapes: [Shape]
    package let outputShape: Shape
    /// Indices into `Graph.parameters`; layers that share have the same.
    package let parameters: [Int]
    /// Indices into `Graph.buffers`.
    package let buffers: [Int]
    /// The index in `Graph.layers`.
    package let layer: Int
    /// The number random draws of this layer go by.
    package let stream: Int
  }

  /// The most trainable numbers a network may have.
  public static let mostParameters = 1 << 28
  /// The most numbers one row of a value may have.
  public static let mostNumbersPerRow = 1 << 24

  /// Checks a list of layers against the shape of its input.
  ///
  /// - Throws: every error of the list at once, each with its layer.
  public init(_ specs: [LayerSpec], input: Shape) throws(GraphErrors) {
    var wiring = GraphWiring()
    let layers = wiring.wire(specs)
    var builder = GraphBuilder(layers, input: input, errors: wiring.errors)
    builder.build(wiring.order)
    guard builder.errors.isEmpty else { throw GraphErrors(builder.errors) }
    self.input = input
    output = builder.nodes.last?.outputShape ?? input
    self.layers = builder.summaries
    nodes = builder.nodes
    parameters = builder.parametersWithGain()
    buffers = builder.buffers
  }

  /// The fewest rows a training batch may have: 2 where batch-norm takes its mean over rows alone.
  public var leastBatchRows: Int {
    nodes.map { $0.module.leastRows(for: $0.inputShapes) }.max() ?? 1
  }

  /// How many trainable numbers the network has.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
