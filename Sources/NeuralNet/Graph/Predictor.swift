public import TensorKernels
public import Tracking

/// A trained network that only answers: features in, outputs out, in inference mode.
public final class Predictor {
  private let program: NetworkProgram<Float>

  /// Makes the network of its layers and parameters.
  ///
  /// - Throws: what keeps the layers from fitting the input, or the tensors from fitting the layers.
  public init(_ layers: [LayerSpec], input: Shape, weights: [NamedTensor]) throws(LabbookError) {
    let graph: Graph
    do throws(GraphErrors) { graph = try Graph(layers, input: input) } catch {
      throw .input("The network does not fit its data: \(error)")
    }
    program = NetworkProgram(
      NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1024, seed: 0))
    try program.initialize(from: weights)
  }

  /// Numbers of one row that comes out.
  public var outputCount: Int { program.plan.graph.output.count }

  /// The outputs for rows of features, row-major.
  public func outputs(_ features: [Float]) -> [Float] {
    let width = program.plan.graph.input.count
    precondition(features.count % width == 0, "\(features.count) numbers in rows of \(width)")
    return outputs(SharedArray(features), rows: features.count / width)
  }

  /// The outputs for shared rows of features, row-major.
  public func outputs(_ features: SharedArray<Float>, rows: Int) -> [Float] {
    program.bind(NetworkData(features: features, targets: .none, rows: rows))
    return program.outputs(0..<rows)
  }
}
