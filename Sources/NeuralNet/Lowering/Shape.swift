/// The sizes of one row's value, without the batch: `[2]` for two features, `[1, 28, 28]` for a grey
/// image (channels, height, width).
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The most units a layer may have.
  public static let mostUnits = 1_000_000

  /// The sizes, the slowest first.
  public var sizes: [Int]

  /// Makes a shape of its sizes.
  public init(_ sizes: [Int]) { self.sizes = sizes }

  /// Makes the shape of a row of features.
  public init(_ features: Int) { sizes = [features] }

  /// How many numbers one row has.
  public var count: Int { sizes.reduce(1, *) }

  /// The sizes as people read them: `784` or `1 x 28 x 28`.
  public var description: String { sizes.map(String.init).joined(separator: " x ") }
}
