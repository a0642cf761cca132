/// Why a layer does not fit where it stands.
public struct GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The layer's place as indices into the list of layers; `[2, 0]` is the first within layer 2.
  public let layer: [Int]
  /// What is wrong, as a sentence without a full stop.
  public let message: String
  /// The way out; empty where the message already says it.
  public let hint: String

  /// Makes an error at a layer.
  public init(layer: [Int], message: String, hint: String = "") {
    self.layer = layer
    self.message = message
    self.hint = hint
  }

  /// The place and the message in one line.
  public var description: String {
    let place = layer.map(String.init).joined(separator: ".")
    return "layer \(place): \(message)" + (hint.isEmpty ? "" : "; \(hint)")
  }
}

/// Every error of one list of layers.
public struct GraphErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// The errors in the order of the layers.
  public let errors: [GraphError]

  /// Makes the report of at least one error.
  public init(_ errors: [GraphError]) { self.errors = errors }

  /// One line an error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// What a module says of inputs it cannot take; the graph adds the place.
package struct ShapeMismatch: Error {
  package let message: String
  package let hint: String

  package init(_ message: String, hint: String = "") {
    self.message = message
    self.hint = hint
  }
}
