/// What is known of data before training: sizes, and what the targets are.
public struct DataShape: Hashable, Sendable {
  /// Rows before splitting, after `take`.
  public var rows: Int
  /// Sizes of one row's features: `[2]`, or (channels, height, width).
  public var features: [Int]
  public var target: Target

  /// Makes a shape.
  public init(rows: Int, features: [Int], target: Target) {
    self.rows = rows
    self.features = features
    self.target = target
  }

  /// What the last column is.
  public enum Target: Hashable, Sendable {
    case classes(Int)
    /// Numbers, so many a row.
    case values(Int)
    case none
  }
}
