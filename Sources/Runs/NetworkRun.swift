public import Datasets
public import NeuralNet

/// A network with its data and how it is trained: the body of a run on Labbook's own core.
public struct NetworkRun: Hashable, Codable, Sendable {
  /// The data, with how it is prepared.
  public var data: DataConfiguration
  /// The model's name under `models`, or a short description of a network written in place.
  public var modelName: String
  /// The path that the model's values have among the hyperparameters.
  public var modelPath: String
  /// The network's layers; an `mlp` as the list it stands for.
  public var layers: [LayerSpec]
  /// How the network is trained.
  public var train: TrainConfiguration

  /// Makes a run of checked parts.
  public init(
    data: DataConfiguration, modelName: String, modelPath: String? = nil, layers: [LayerSpec],
    train: TrainConfiguration
  ) {
    self.data = data
    self.modelName = modelName
    self.modelPath = modelPath ?? "models.\(modelName)"
    self.layers = layers
    self.train = train
  }

  /// The same run with another seed.
  public func with(seed: Int) -> NetworkRun {
    var copy = self
    copy.train.seed = seed
    return copy
  }

  /// How long the run trains on so many rows.
  public func length(trainRows: Int) -> RunLength { RunLength(train, trainRows: trainRows) }

  /// How many trainable numbers the network has on data of these sizes; 0 where it does not fit, which
  /// training says.
  public func parameterCount(on shape: DataShape) -> Int {
    (try? Graph(layers, input: Shape(shape.featureShape)))?.parameterCount ?? 0
  }

  /// The same run cut to so many updates, to see whether it works; a run without a loss stays as it is.
  public func trial(updates: Int) -> NetworkRun {
    var copy = self
    if train.loss != nil { copy.train.duration = .steps(updates) }
    return copy
  }

  /// Whether weights change at all: there is a loss, and at least one update is asked for.
  public var isTrained: Bool {
    train.loss != nil && train.duration != .epochs(0) && train.duration != .steps(0)
  }
}
