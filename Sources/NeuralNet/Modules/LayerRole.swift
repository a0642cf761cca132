/// What a kind of layer does to the map that a network is, for whoever advises on networks.
package enum LayerRole: Hashable, Sendable {
  /// An affine map with trainable weights: one after the other they are one.
  case affine
  /// A function of each number by itself that bends.
  ///
  /// - Parameter mostInRow: how many may stand one after the other before the gradient vanishes; `nil`
  ///   where it does not saturate.
  case activation(mostInRow: Int? = nil)
  /// The identity on the numbers where a network is only asked.
  case still
  /// Brings values to mean 0 and deviation 1.
  case normalization
  /// Adds values, so that a gradient passes unchanged.
  case shortcut
  /// Makes probabilities of scores.
  case probabilities
  /// Makes logarithms of probabilities of scores.
  case logProbabilities
  /// Joins or selects numbers, or compares them with points.
  case selection

  /// Whether it is a function of each number by itself that bends.
  package var isActivation: Bool { if case .activation = self { true } else { false } }
}

/// How many rows of a block a layer's kernels want.
package enum BlockDemand: Sendable {
  /// As few as keep all activations in the first-level cache.
  case few
  /// Enough for the copies that the general product makes of its weights to pay.
  case many
  /// Hardly any: each row is an image, worked on by itself.
  case images
}
