import Foundation

/// Mean, deviation and number of the values of one configuration over its seeds, or over the folds of its
/// data.
public struct SeedStatistics: Hashable, Sendable, CustomStringConvertible {
  /// The arithmetic mean.
  public let mean: Double
  /// The sample deviation (divisor n - 1); `nil` for a single value.
  public let deviation: Double?
  /// How many values there are.
  public let count: Int
  /// Whether there is a value a fold instead of a value a seed.
  public var isOverFolds: Bool

  /// Summarises at least one value; `nil` for none.
  public init?(_ values: [Double], isOverFolds: Bool = false) {
    guard !values.isEmpty else { return nil }
    self.isOverFolds = isOverFolds
    count = values.count
    // Of equal values neither the mean nor the deviation owes anything to rounding.
    let areEqual = values.allSatisfy { $0 == values[0] }
    let mean = areEqual ? values[0] : Self.mean(values)
    self.mean = mean
    guard count > 1 else {
      deviation = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard !areEqual, !squares.isNormal else {
      deviation = (squares / Double(count - 1)).squareRoot()
      return
    }
    // Squares of very large and of very small numbers have no double.
    let unit = values.map { abs($0 - mean) }.max() ?? 1
    let shares = values.reduce(0) { $0 + (($1 - mean) / unit) * (($1 - mean) / unit) }
    deviation = (shares / Double(count - 1)).squareRoot() * unit
  }

  /// The mean; of numbers whose sum has no double that of their shares.
  private static func mean(_ values: [Double]) -> Double {
    let sum = values.reduce(0, +)
    guard sum.isInfinite, values.allSatisfy(\.isFinite) else { return sum / Double(values.count) }
    return values.reduce(0) { $0 + $1 / Double(values.count) }
  }

  /// The numbers as people read them: `0.981 ± 0.004 (5)`, of very large and very small ones
  /// `(8.76 ± 0.12)e+15 (5)`, over folds `0.81 ± 0.03 (5 folds)`; a single value stands alone.
  public var description: String {
    guard let deviation else { return Self.text(mean) }
    let count = isOverFolds ? "\(count) folds" : String(count)
    guard deviation.isFinite, mean.isFinite, deviation > 0 else {
      return "\(Self.text(mean)) ± \(Self.text(deviation)) (\(count))"
    }
    let size = max(abs(mean), deviation)
    let most = size >= 1e-3 ? 8 : 5
    if size < 1e6, let text = Self.text(mean, deviation, most: most) { return "\(text) (\(count))" }
    // Both parts stand before one power of ten.
    let power = String(String(format: "%.3e", size).drop { $0 != "e" })
    if let unit = Double("1" + power), let text = Self.text(mean / unit, deviation / unit) {
      return "(\(text))\(power) (\(count))"
    }
    if size < 1e16, let text = Self.text(mean, deviation) { return "\(text) (\(count))" }
    return "\(Self.text(mean)) ± \(String(format: "%.2g", deviation)) (\(count))"
  }

  /// Mean and deviation with the decimals that the deviation has; `nil` where these are too many.
  private static func text(_ mean: Double, _ deviation: Double, most: Int = 5) -> String? {
    let decimals = decimals(of: deviation)
    guard decimals <= most else { return nil }
    var text = String(format: "%.\(decimals)f", mean)
    if !text.contains(where: { "123456789".contains($0) }), text.hasPrefix("-") {
      text.removeFirst()
    }
    return text + String(format: " ± %.\(decimals)f", deviation)
  }

  /// One number with four significant digits.
  public static func text(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == value.rounded(), abs(value) < 1e6 { return String(Int(value)) }
    return String(format: "%.4g", value)
  }

  /// As many decimals as show the deviation's first digit, its first two where that is a 1.
  private static func decimals(of deviation: Double) -> Int {
    let exponent = Int(floor(log10(deviation)))
    let leading = deviation / pow(10, Double(exponent))
    return max(0, -exponent + (leading < 1.95 ? 1 : 0))
  }
}
