package import Datasets
package import NeuralNet
package import Runs
package import Tracking

/// What tests of networks say of a run: its network's parts, which must be there.
extension RunConfiguration {
  /// The configuration of a network of checked parts.
  package init(
    data: DataConfiguration, modelName: String, modelPath: String? = nil, layers: [LayerSpec],
    train: TrainConfiguration, objective: Objective, hyperparameters: [Hyperparameter]
  ) {
    self.init(
      NetworkRun(
        data: data, modelName: modelName, modelPath: modelPath, layers: layers, train: train),
      objective: objective, hyperparameters: hyperparameters)
  }

  /// The network.
  package var own: NetworkRun {
    get {
      guard let network else { preconditionFailure("the run is a program's") }
      return network
    }
    set { body = .network(newValue) }
  }

  /// The network's data.
  package var data: DataConfiguration {
    get { own.data }
    set { own.data = newValue }
  }

  /// How the network is trained.
  package var train: TrainConfiguration {
    get { own.train }
    set { own.train = newValue }
  }

  /// The network's layers.
  package var layers: [LayerSpec] {
    get { own.layers }
    set { own.layers = newValue }
  }
}
