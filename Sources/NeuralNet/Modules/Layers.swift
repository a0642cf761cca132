public import Tracking

/// Every kind of layer there is.
public enum Layers {
  package static let types: [any Module.Type] = [
    Linear.self, ReLU.self, LeakyReLU.self, Elu.self, Gelu.self, Silu.self, Softplus.self,
    Sigmoid.self, Tanh.self, Softmax.self, LogSoftmax.self, Dropout.self, BatchNorm.self,
    LayerNorm.self, Add.self, Max.self, Concat.self, Residual.self, Prototypes.self, Conv2d.self,
    MaxPool2d.self, AvgPool2d.self, Flatten.self,
  ]

  /// What a list of layers may hold.
  public static let all: [Choice] = types.map { $0.choice }

  package static func module(_ chosen: Chosen) -> (any Module)? {
    type(chosen.name)?.init(chosen)
  }

  /// What a kind of layer does; `nil` where there is none of that name.
  package static func role(_ name: String) -> LayerRole? { type(name)?.role }

  private static func type(_ name: String) -> (any Module.Type)? {
    types.first { $0.choice.name == name }
  }
}
