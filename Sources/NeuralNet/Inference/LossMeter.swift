import TensorKernels
public import Tracking

/// Measures a loss on outputs that are there already, by the same kernels as training.
public final class LossMeter {
  private let program: NetworkProgram<Float>

  /// Makes a meter for rows of so many outputs.
  ///
  /// - Throws: where the outputs cannot be a network's.
  public init(_ loss: Chosen, outputs: Int) throws(LabbookError) {
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph([LayerSpec(Chosen(Flatten.choice.name))], input: Shape(outputs))
    } catch { throw .failure("The outputs cannot be measured: \(error)") }
    program = NetworkProgram(
      NetworkPlan(graph: graph, loss: loss, optimizer: nil, batchRows: 1024, seed: 0))
  }

  /// The loss of each row by itself, and of all rows together as training measures a part.
  public func measure(
    _ outputs: [Float], _ targets: NetworkData.Targets, rows: Int
  ) -> (each: [Double], mean: Double) {
    guard rows > 0 else { return ([], .nan) }
    program.bind(NetworkData(features: SharedArray(outputs), targets: targets, rows: rows))
    let each = (0..<rows).map { program.evaluate($0..<$0 + 1).lossSum }
    return (each, program.evaluate(0..<rows).lossSum / Double(rows))
  }
}
