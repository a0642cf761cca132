/// What a layer is in PyTorch.
package enum TorchLayer: Sendable {
  /// A module.
  ///
  /// - Parameters:
  ///   - flattens: whether what it reads has to be made a row first.
  ///   - definition: a class that PyTorch lacks and the call needs.
  case module(TorchCall, flattens: Bool = false, definition: TorchClass? = nil)
  /// Its layers one after the other, in a class of its own.
  case sequence(TorchClass)
  /// An expression of the values it joins.
  case expression(@Sendable (_ values: [String]) -> String)

  /// The class that PyTorch lacks and the layer needs.
  package var definition: TorchClass? {
    switch self {
    case .module(_, _, let definition): definition
    case .sequence(let definition): definition
    case .expression: nil
    }
  }
}

/// A class in Python's words.
package struct TorchClass: Hashable, Sendable {
  /// The name it is called by.
  package let name: String
  /// The whole definition.
  package let code: String

  package init(_ name: String, _ code: String) {
    self.name = name
    self.code = code
  }
}

/// Why another format has nothing for a kind; whoever writes the format adds the place.
package struct MissingForm: Error, Hashable {
  /// What the format lacks, as a clause.
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}
