/// A resolved value of a run with the path by which the experiment file reaches it.
///
/// `path` is dotted and begins with `data.`, `models.` or `train.`; a choice's name stands at its
/// own path (`train.optimizer`), its settings below (`train.optimizer.beta1`).
public struct Hyperparameter: Hashable, Codable, Sendable {
  /// The dotted path by which the file reaches it.
  public let path: String
  /// The resolved value.
  public let value: ParameterValue

  /// Makes a hyperparameter of a path and its resolved value.
  public init(_ path: String, _ value: ParameterValue) {
    self.path = path
    self.value = value
  }
}
