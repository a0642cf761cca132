package import Datasets
import Experiments
package import NeuralNet
import Runs
package import Tracking

extension NetworkRun {
  /// The network's checked graph over its data.
  package func graph(_ shape: DataShape) throws(LabbookError) -> Graph {
    do throws(GraphErrors) { return try Graph(layers, input: Shape(shape.featureShape)) } catch {
      throw .input("The network '\(modelName)' does not fit: \(error)")
    }
  }

  /// The weights before the first update, as training draws them from the run's seed.
  package func initialWeights(_ graph: Graph) throws(LabbookError) -> [NamedTensor] {
    let program = NetworkProgram<Float>(
      NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: train.seed))
    if let path = Initializers.path(train.initializer) {
      try program.initialize(from: Safetensors.read(path: path))
    } else {
      program.initialize(train.initializer, seed: train.seed)
    }
    return program.namedTensors
  }
}
