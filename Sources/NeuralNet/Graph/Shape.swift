/// The sizes of one row's value, without the batch: `[2]` for two features, `[1, 28, 28]` for a grey
/// image (channels, height, width).
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  public var sizes: [Int]

  /// Makes a shape of its sizes.
  public init(_ sizes: [Int]) { self.sizes = sizes }

  /// How many numbers one row has.
  public var count: Int { sizes.reduce(1, *) }

  public var description: String { sizes.map(String.init).joined(separator: " x ") }
}
