/// One trainable tensor of a network, named and shaped as PyTorch's `state_dict` has it.
public struct ParameterTensor: Hashable, Sendable {
  /// The layer's place or name, then `weight` or `bias`: `0.weight`, `2.0.bias`, `a.weight`.
  public let name: String
  /// `(out, in)` for a linear layer's weight, `(out)` for its bias.
  public let shape: Shape
  /// Whether it is a bias, which most initialisers set to zero.
  public let isBias: Bool
  /// Numbers that enter one output, for initialisers.
  public let fanIn: Int
  /// Numbers that one input enters, for initialisers.
  public let fanOut: Int
  /// The gain of the activation that follows, as `torch.nn.init.calculate_gain` gives it.
  public let gain: Double
  /// The index in `Graph.layers` of the layer it belongs to.
  public let layer: Int
  /// What all its numbers are at first, where that is not the initialiser's to say.
  public let initial: Double?
  /// Whether it lies transposed in memory.
  let isTransposed: Bool
}

/// What a module says of one of its parameters; the graph adds name, layer and gain.
package struct ParameterDeclaration {
  package let name: String
  package let shape: Shape
  package let isBias: Bool
  package let fanIn: Int
  package let fanOut: Int
  /// What all its numbers are at first; `nil` leaves it to the initialiser.
  package let initial: Double?
  /// Whether it lies transposed in memory.
  package let isTransposed: Bool

  package init(
    name: String, shape: Shape, isBias: Bool = false, fanIn: Int = 1, fanOut: Int = 1,
    initial: Double? = nil, isTransposed: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.isBias = isBias
    self.fanIn = fanIn
    self.fanOut = fanOut
    self.initial = initial
    self.isTransposed = isTransposed
  }
}

/// One layer of a checked graph, for tables and reports.
public struct LayerSummary: Hashable, Sendable {
  /// The layer's place as indices into the list of layers.
  public let place: [Int]
  /// What the parameters' names begin with: the place from 0, or the layer's own name.
  public let name: String
  /// The layer's kind, as the file writes it.
  public let kind: String
  /// The shape of what it puts out, without the batch.
  public let output: Shape
  /// How many trainable numbers it has.
  public let parameterCount: Int
}
