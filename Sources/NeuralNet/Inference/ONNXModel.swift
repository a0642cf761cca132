public import Foundation
public import Tracking

/// A trained network as a file of the Open Neural Network Exchange format, which onnxruntime and
/// others run.
///
/// The input `input` is in the source's own units, (rows, features...); scaling and normalising are
/// the graph's first operators, in double precision as in training. Outputs are `probabilities`,
/// (rows, classes), where the loss gives them a meaning, and `outputs`, what the last layer puts
/// out.
public struct ONNXModel: Sendable {
  /// The file.
  public let data: Data

  /// x' = x factor + addend, number by number, or a channel of images at once.
  public struct InputMap: Hashable, Sendable {
    /// One entry a column, or a channel.
    public let factors: [Double]
    /// One entry a column, or a channel.
    public let addends: [Double]

    /// Makes a map of as many factors as addends.
    public init(factors: [Double], addends: [Double]) {
      precondition(factors.count == addends.count)
      self.factors = factors
      self.addends = addends
    }

    var isIdentity: Bool { factors.allSatisfy { $0 == 1 } && addends.allSatisfy { $0 == 0 } }
  }

  /// Writes a network in inference mode.
  ///
  /// - Parameters:
  ///   - network: its layers and its loss.
  ///   - input: the shape of one row.
  ///   - weights: every parameter and buffer.
  ///   - map: from the source's units to what the network gets.
  ///   - classes: the classes' names, where the target is a class.
  ///   - table: what is done to the cells of a table, whose columns are the inputs then; `nil` where
  ///     `input` takes numbers.
  ///   - facts: texts to keep in the file, by their names.
  /// - Throws: what keeps the weights from fitting the layers.
  public init(
    _ network: NetworkDescription, input: Shape, weights: [NamedTensor], map: InputMap,
    classes: [String]?, table: ONNXTable? = nil, facts: [(key: String, value: String)] = []
  ) throws(LabbookError) {
    let graph: Graph
    do throws(GraphErrors) { graph = try Graph(network.layers, input: input) } catch {
      throw .input("The network does not fit its data: \(error)")
    }
    let problems = graph.mismatches(with: weights)
    guard problems.isEmpty else { throw .input(problems.joined(separator: "\n")) }
    var writer = ONNXWriter(graph, weights)
    if let table { writer.input(table, map) } else { writer.input(map) }
    for node in graph.nodes { try writer.add(node) }
    let reading = OutputReading(
      loss: network.loss, classes: classes?.count, outputs: graph.output.count)
    if let table { writer.answers(table, reading, classes) }
    writer.outputs(reading)
    let names = classes.map { ParameterValue.list($0.map(ParameterValue.text)).json }
    data = writer.graph.model(
      named: "network", facts: facts + (names.map { [("classes", $0)] } ?? []))
  }
}

/// Writes a checked graph operator by operator.
struct ONNXWriter {
  var graph = ONNXGraph()
  let network: Graph
  private let tensors: [String: NamedTensor]
  /// The name of each of the network's values; the input is value 0.
  private var values: [String] = []
  /// What the network puts out.
  var last: String { values[values.count - 1] }

  init(_ network: Graph, _ weights: [NamedTensor]) {
    self.network = network
    tensors = Dictionary(weights.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The input and its way to what the first layer gets.
  mutating func input(_ map: ONNXModel.InputMap) {
    graph.input("input", network.input.sizes)
    guard !map.isIdentity else {
      values = ["input"]
      return
    }
    let double = [("to", ONNXGraph.Attribute.integer(ONNXGraph.Element.double.rawValue))]
    begin(graph.add("Cast", ["input"], double), map)
  }

  /// Brings numbers in double precision to what the first layer gets.
  mutating func begin(_ wide: String, _ map: ONNXModel.InputMap) {
    let rest = Array(repeating: 1, count: network.input.sizes.count - 1)
    let shape = [map.factors.count] + rest
    let factors = graph.constant("input.factor", shape, doubles: map.factors)
    let addends = graph.constant("input.addend", shape, doubles: map.addends)
    let float = [("to", ONNXGraph.Attribute.integer(ONNXGraph.Element.float.rawValue))]
    let scaled = graph.add("Mul", [wide, factors])
    values = [graph.add("Cast", [graph.add("Add", [scaled, addends])], float)]
  }

  /// The outputs, read as the loss reads them.
  mutating func outputs(_ reading: OutputReading) {
    let width = network.output.sizes
    let rowAxis = [("axis", ONNXGraph.Attribute.integer(-1))]
    let probabilities: String? =
      switch reading.kind {
      case .values, .scores: nil
      case .softmax: graph.add("Softmax", [last], rowAxis)
      case .logarithms: graph.add("Exp", [last])
      case .logits: graph.add("Sigmoid", [last])
      case .shares: last
      case .share: pair(last)
      case .logit: pair(graph.add("Sigmoid", [last]))
      }
    if let probabilities {
      graph.add("Identity", [probabilities], output: "probabilities")
      graph.output("probabilities", [reading.classes ?? 1])
    }
    graph.add("Identity", [last], output: "outputs")
    graph.output("outputs", width)
  }

  /// The shares of both classes from that of the second.
  private mutating func pair(_ second: String) -> String {
    let one = graph.constant("one", [1], [1])
    let first = graph.add("Sub", [one, second])
    return graph.add("Concat", [first, second], [("axis", .integer(1))])
  }

  /// One application of a module.
  mutating func add(_ node: Graph.Node) throws(LabbookError) {
    let inputs = node.inputs.map { values[$0] }
    let parameters = node.parameters.map { constant(network.parameters[$0]) }
    let buffers = node.buffers.map { constant(network.buffers[$0]) }
    let names = ONNXNode(
      inputs: inputs, inputShapes: node.inputShapes, parameters: parameters, buffers: buffers,
      layer: node.layer)
    do throws(MissingForm) { values.append(try node.module.onnx(names, &graph)) } catch {
      let layer = network.layers[node.layer]
      throw .input(
        "ONNX has nothing for the layer '\(layer.name)' (\(layer.kind)): \(error.reason)")
    }
  }

  private mutating func constant(_ parameter: ParameterTensor) -> String {
    let values = tensors[parameter.name]?.values ?? []
    return graph.constant(parameter.name, parameter.shape.sizes, values)
  }
}
