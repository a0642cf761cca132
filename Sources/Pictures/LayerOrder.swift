package import Datasets
import Experiments
import NeuralNet
package import Runs
package import Tracking

/// The layers and weights of a network from the input to the output.
package struct LayerOrder {
  package let layers: [(name: String, kind: String)]
  /// Names of weights without biases.
  package let weights: [String]

  /// - Throws: `LabbookError` where the network does not fit its data any more.
  package init(_ configuration: NetworkRun, _ library: DataLibrary) throws(LabbookError) {
    let shape: DataShape
    do throws(DataError) { shape = try library.shape(of: configuration.data) } catch {
      throw .input(error.text, hint: error.hint)
    }
    let graph = try configuration.graph(shape)
    layers = graph.layers.map { ($0.name, $0.kind) }
    weights = graph.parameters.filter { !$0.isBias && $0.shape.sizes.count > 1 }.map(\.name)
  }
}
