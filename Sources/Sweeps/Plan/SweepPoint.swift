public import Tracking

/// One combination of a sweep's values, before its seeds.
public struct SweepPoint: Hashable, Sendable {
  /// The variant's name; `nil` where the sweep has none.
  public let variant: String?
  /// A value an axis, in the order of the file; `nil` where this combination has no such key.
  public internal(set) var values: [AxisValue?]
  /// The seeds of its runs, in order.
  public let seeds: [Int]

  package init(variant: String?, values: [AxisValue?], seeds: [Int]) {
    self.variant = variant
    self.values = values
    self.seeds = seeds
  }

  /// A value of an axis as legends and tables show it.
  public struct AxisValue: Hashable, Sendable {
    /// The axis as it was written.
    public let axis: String
    /// The value as it was resolved; `nil` for a network or a mapping.
    public let value: ParameterValue?
    /// The value for people: numbers in their shortest form, text unquoted, a choice or network by
    /// its name where that tells it from the others of its axis.
    public internal(set) var display: String
    /// The value as it was written, where that is no scalar.
    let written: String?
  }
}
