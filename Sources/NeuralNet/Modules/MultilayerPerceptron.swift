public import Tracking

/// The common case of a network: `mlp` stands for linear, activation, (dropout), ..., linear.
public enum MultilayerPerceptron {
  /// The activations `mlp` may name.
  public static let activations: [String] =
    Layers.types.filter { $0.role.isActivation }.map { $0.choice.name }

  /// The one it has where the file names none.
  package static let standardActivation = ReLU.choice.name

  /// The key of its layers' widths.
  public static let widths = "hidden"

  /// What a network written as `mlp` may say.
  public static let choice = Choice(
    "mlp",
    settings: [
      Setting(
        widths, .list(.integer(1...Shape.mostUnits), count: 1...1000), default: nil,
        "widths of the hidden layers"),
      Setting(
        "activation", .word(activations), default: .text(standardActivation),
        "what follows each hidden layer"),
      Setting(
        "dropout", .number(.shareBelowOne), default: .number(0),
        "share of the values dropped after each activation"),
    ],
    "hidden layers of the given widths, then a linear layer as wide as the loss needs")

  /// The layers it stands for.
  ///
  /// - Parameters:
  ///   - chosen: `hidden`, `activation`, `dropout`, checked.
  ///   - outputs: what the loss needs.
  public static func layers(_ chosen: Chosen, outputs: Int) -> [LayerSpec] {
    let dropout = chosen.number("dropout")
    var layers: [LayerSpec] = []
    for width in chosen.list(widths) ?? [] {
      layers.append(LayerSpec(Linear.choice.standard(main: width)))
      layers.append(LayerSpec(activation(chosen.text("activation"))))
      if dropout > 0 { layers.append(LayerSpec(Dropout.choice.standard(main: .number(dropout)))) }
    }
    return layers + [LayerSpec(Linear.choice.standard(main: .integer(outputs)))]
  }

  /// The activation with its settings at their defaults.
  private static func activation(_ name: String) -> Chosen {
    Layers.all.first { $0.name == name }?.standard() ?? Chosen(name)
  }
}
