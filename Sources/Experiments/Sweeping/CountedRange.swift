import Foundation

/// A range of an axis with so many values: `{log: [1e-4, 1e-2], count: 3}`.
public struct CountedRange: Hashable, Sendable {
  /// How the values lie between the ends.
  public enum Spacing: String, Hashable, Sendable, CaseIterable {
    /// Equal differences.
    case linear
    /// Equal ratios; both ends are above 0.
    case log
  }

  /// How the values lie between the ends.
  public let spacing: Spacing
  /// The first value.
  public let first: Double
  /// The last value; it may be the smaller one.
  public let last: Double
  /// How many values there are, the ends included.
  public let count: Int

  /// Makes a range of checked numbers: finite, for `log` above 0, `count` at least 1.
  public init(_ spacing: Spacing, from first: Double, to last: Double, count: Int) {
    self.spacing = spacing
    self.first = first
    self.last = last
    self.count = count
  }

  /// The values in order.
  ///
  /// The ends are as they were given, those between rounded to 6 significant digits, or to
  /// more where these would leave the ends or make neighbours equal; a count of 1 is the first end
  /// alone.
  public var values: [Double] {
    guard count > 1 else { return [first] }
    return (0..<count).map { index in
      let digits = (6...17).first { digits in
        let value = value(index, digits)
        let isWithin = min(first, last) < value && value < max(first, last)
        return isWithin && self.value(index - 1, digits) != value
          && self.value(index + 1, digits) != value
      }
      // What keeps a value apart from its neighbours says little of where it lies: five digits more.
      let enough = digits.map { $0 == 6 ? 6 : min($0 + 5, 17) } ?? 17
      // Between ends that are too near for so many numbers some are equal.
      return min(max(value(index, enough), min(first, last)), max(first, last))
    }
  }

  /// A value of the range, rounded to so many significant digits where it is no end.
  private func value(_ index: Int, _ digits: Int) -> Double {
    if index <= 0 { return first }
    if index >= count - 1 { return last }
    return Self.rounded(value(at: Double(index) / Double(count - 1)), digits)
  }

  /// The value at a share of the way; halves before it adds, so that no end overflows.
  private func value(at share: Double) -> Double {
    switch spacing {
    case .linear: return first * (1 - share) + last * share
    case .log:
      let exponent = Foundation.log(first) * (1 - share) + Foundation.log(last) * share
      return Foundation.exp(exponent)
    }
  }

  private static func rounded(_ value: Double, _ digits: Int) -> Double {
    Double(String(format: "%.*e", digits - 1, value)) ?? value
  }
}
