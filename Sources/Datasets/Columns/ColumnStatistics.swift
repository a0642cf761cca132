/// The spread of one column, or of one channel of images, over some rows.
public struct ColumnStatistics: Hashable, Sendable {
  /// The least value.
  public let minimum: Double
  /// The greatest value.
  public let maximum: Double
  /// The mean.
  public let mean: Double
  /// Population deviation: the divisor under the root is the number of values.
  public let deviation: Double

  package init(minimum: Double, maximum: Double, mean: Double, deviation: Double) {
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.deviation = deviation
  }
}
