/// A tensor by name, as a weights file holds it.
public struct NamedTensor: Hashable, Sendable {
  /// The parameter's name, `0.weight`.
  public let name: String
  /// The sizes, the slowest first; empty for a single number.
  public let shape: [Int]
  /// Row-major.
  public let values: [Float]

  /// Makes a tensor of as many values as its shape says.
  public init(name: String, shape: [Int], values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }
}
