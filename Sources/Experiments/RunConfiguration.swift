public import Datasets
public import NeuralNet
public import Tracking

/// Everything that decides the numbers of one run, checked and with every default resolved.
public struct RunConfiguration: Hashable, Sendable {
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
  /// The metric that judges epochs.
  public var objective: Objective
  /// Every resolved value that the run uses, by the file's path, as `run_params` stores them.
  public var hyperparameters: [Hyperparameter]

  /// Makes a configuration of checked parts.
  public init(
    data: DataConfiguration, modelName: String, modelPath: String? = nil, layers: [LayerSpec],
    train: TrainConfiguration, objective: Objective, hyperparameters: [Hyperparameter]
  ) {
    self.data = data
    self.modelName = modelName
    self.modelPath = modelPath ?? "models.\(modelName)"
    self.layers = layers
    self.train = train
    self.objective = objective
    self.hyperparameters = hyperparameters
  }

  /// The same configuration with another seed.
  public func with(seed: Int) -> RunConfiguration {
    var copy = self
    copy.train.seed = seed
    if let index = hyperparameters.firstIndex(where: { $0.path == "train.seed" }) {
      copy.hyperparameters[index] = Hyperparameter("train.seed", .integer(seed))
    }
    return copy
  }

  /// The value at a path of a sweep or a cell; `nil` where the run has no such key.
  public func value(at path: SettingPath) -> ParameterValue? {
    value(at: path.key(modelPath: modelPath))
  }

  /// The value at a full path, such as `train.lr`; `nil` where the run has no such key.
  public func value(at path: String) -> ParameterValue? {
    hyperparameters.first { $0.path == path }?.value
  }
}
