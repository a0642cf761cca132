public import Tracking

/// Every kind of layer there is.
public enum Layers {
  package static let types: [any Module.Type] = [
    Linear.self, ReLU.self, LeakyReLU.self, Sigmoid.self, Tanh.self, Softmax.self,
    LogSoftmax.self, Dropout.self, Add.self, Max.self, Concat.self, Residual.self, Flatten.self,
  ]

  /// What a list of layers may hold.
  public static let all: [Choice] = types.map { $0.choice }

  /// Kinds of the file's format 1 that this version does not have.
  public static let later: [String] = [
    "elu", "gelu", "silu", "softplus", "batch-norm", "layer-norm", "prototypes", "conv2d",
    "max-pool2d", "avg-pool2d",
  ]

  /// The most units a layer may have.
  public static let mostUnits = 1_000_000

  package static func module(_ chosen: Chosen) -> (any Module)? {
    types.first { $0.choice.name == chosen.name }?.init(chosen)
  }
}
