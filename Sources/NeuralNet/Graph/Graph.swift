/// A network whose layers have been checked once: shapes, names and places.
///
/// It is a directed acyclic graph of values and nodes. Value 0 is the input; node n reads the
/// values its `inputs` name and makes value n + 1. Nodes stand in an order in which every value is
/// made before it is read, so that the derivative graph is the same list read backwards.
public struct Graph: Sendable {
  /// The shape of one row that goes in.
  public let input: Shape
  /// The shape of one row that comes out.
  public let output: Shape
  /// The layers in order, as the file lists them.
  public let layers: [LayerSummary]
  /// Every trainable tensor, in the order of the layers.
  public let parameters: [ParameterTensor]

  package let nodes: [Node]

  /// One application of a module.
  package struct Node: Sendable {
    package let module: any Module
    /// The values it reads.
    package let inputs: [Int]
    package let inputShapes: [Shape]
    package let outputShape: Shape
    /// Indices into `Graph.parameters`.
    package let parameters: [Int]
    /// The number random draws of this layer go by.
    package let stream: Int
  }

  /// The most trainable numbers a network may have.
  public static let mostParameters = 1 << 28

  /// Checks a list of layers against the shape of its input.
  ///
  /// - Throws: every error of the list at once, each with its layer.
  public init(_ specs: [LayerSpec], input: Shape) throws(GraphErrors) {
    var builder = GraphBuilder(input: input)
    builder.add(specs)
    guard builder.errors.isEmpty else { throw GraphErrors(builder.errors) }
    self.input = input
    output = builder.shapes.last ?? input
    layers = builder.layers
    nodes = builder.nodes
    parameters = builder.parametersWithGain()
  }

  /// How many trainable numbers the network has.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
