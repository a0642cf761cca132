public import TensorKernels
public import Tracking

/// A network that shows what each of its layers puts out, in inference mode.
public final class LayerReader {
  /// What one layer puts out for some rows.
  public struct Values: Sendable {
    /// The layer's name, `0` or `2.1` or `a`.
    public let layer: String
    /// Its kind, as a file writes it.
    public let kind: String
    /// The name of its weight, that of another layer where it shares; `nil` where it has none.
    public let weight: String?
    /// Numbers of one row.
    public let width: Int
    /// Row-major.
    public let numbers: [Float]  // (rows, width)
  }

  private let program: NetworkProgram<Float>

  /// Makes the network of a graph with known weights.
  ///
  /// - Throws: where the tensors do not fit the layers.
  public init(_ graph: Graph, weights: [NamedTensor]) throws(LabbookError) {
    program = NetworkProgram(
      NetworkPlan(
        graph: graph, loss: nil, optimizer: nil, measuresLayers: true, batchRows: 1024, seed: 0))
    try program.initialize(from: weights)
  }

  /// What every layer puts out for rows of features, in the order in which layers run.
  public func values(_ features: SharedArray<Float>, rows: Int) -> [Values] {
    let graph = program.plan.graph
    program.bind(NetworkData(features: features, targets: .none, rows: rows))
    let numbers = program.layerOutputs(0..<rows)
    return zip(graph.nodes, numbers).map { node, numbers in
      let layer = graph.layers[node.layer]
      return Values(
        layer: layer.name, kind: layer.kind,
        weight: node.parameters.first.map { graph.parameters[$0].name },
        width: node.outputShape.count, numbers: numbers)
    }
  }
}

extension NetworkProgram {
  /// What every node puts out for the rows at these places, row-major.
  ///
  /// The plan must have been made with `measuresLayers`.
  fileprivate func layerOutputs(_ places: Range<Int>) -> [[Scalar]] {
    precondition(plan.measuresLayers)
    let nodes = plan.graph.nodes
    var result = [[Scalar]](repeating: [], count: nodes.count)
    var first = places.lowerBound
    while first < places.upperBound {
      let rows = min(plan.rows(of: .measurement), places.upperBound - first)
      run(.measurement, first..<first + rows)
      for (index, node) in nodes.enumerated() {
        result[index] += measuredNumbers(index + 1, count: rows * node.outputShape.count)
      }
      first += rows
    }
    return result
  }
}
