package import Tracking

/// A function of one or several values and of its own parameters: one kind of layer.
///
/// A module is a file of its own: what the file may say of it, the shapes it takes, its parameters,
/// and how its forward and backward passes are lowered to instructions.
package protocol Module: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Makes the module of checked settings.
  init(_ chosen: Chosen)

  /// The shape it puts out for inputs of these shapes.
  func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape

  /// The trainable tensors it needs for inputs of these shapes.
  func parameters(for inputs: [Shape]) -> [ParameterDeclaration]

  /// The gain initialisers give to a layer before this one; `nil` where the one after decides.
  var gain: Double? { get }
}

extension Module {
  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] { [] }
  package var gain: Double? { 1 }
}
