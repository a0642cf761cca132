package import Tracking

/// A way to set the weights before the first update, by the formulas of `torch.nn.init`.
///
/// A new one is a file beside its siblings and a line in `Initializers`.
package protocol InitializerKind: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Makes it of checked settings.
  init(_ chosen: Chosen)

  /// Where the values come from.
  var origin: WeightOrigin { get }
}

/// Where first weights come from.
package enum WeightOrigin: Sendable {
  /// Every parameter as PyTorch's layers have it by themselves, biases too.
  case layers(@Sendable (ParameterTensor) -> FirstValues)
  /// Weights by their shape and gain, biases zero.
  case weights(@Sendable (ParameterTensor) -> FirstValues)
  /// All of a safetensors file.
  case file(path: String)
}

/// What the numbers of a parameter are before the first update.
package enum FirstValues: Hashable, Sendable {
  /// Drawn evenly from -`within` to `within`.
  case uniform(within: Double)
  /// Drawn from N(0, `deviation`²).
  case normal(deviation: Double)
  case zeros
  /// Ones on the diagonal.
  case identity

  /// The call of `torch.nn.init` that sets a tensor so.
  ///
  /// - Parameter isMatrix: whether it is a weight of rows, and not of windows.
  package func torch(_ target: String, isMatrix: Bool) -> TorchCall {
    switch self {
    case .uniform(let bound):
      let text = PythonText.number(bound)
      return TorchCall("nn.init.uniform_", [.code(target), .code("-" + text), .code(text)])
    case .normal(let deviation):
      return TorchCall("nn.init.normal_", [.code(target), .integer(0), .number(deviation)])
    case .zeros: return TorchCall("nn.init.zeros_", [.code(target)])
    case .identity: return TorchCall("nn.init.\(isMatrix ? "eye_" : "dirac_")", [.code(target)])
    }
  }
}
