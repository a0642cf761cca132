import Foundation
import Tracking

/// A number made of means over seeds, with how sure it is.
public struct Estimate: Hashable, Sendable {
  /// The number as the means give it.
  public let value: Double
  /// Its independent parts: runs of other seeds have nothing in common.
  let parts: [Part]
  /// How the standard error came about.
  public let method: Method

  /// How a standard error comes about.
  public enum Method: String, Hashable, Sendable {
    /// Student's t over the values of the seeds.
    case student
    /// Welch's t: parts whose seeds are not common.
    case welch
    /// The jackknife over seeds, for what is not linear in means.
    case jackknife
  }

  /// The seeds that are common, with what they add to the squared standard error.
  struct Part: Hashable, Sendable {
    let count: Int
    let variance: Double

    var squared: Double { variance * variance / Double(count - 1) }
  }

  /// The standard error of the number; 0 where no seed has another value.
  public var standardError: Double { variance.squareRoot() }

  private var variance: Double { parts.reduce(0) { $0 + $1.variance } }

  /// The degrees of freedom: n - 1, of several parts those of Satterthwaite.
  public var freedom: Double {
    let squares = parts.reduce(0) { $0 + $1.squared }
    let all = parts.reduce(0) { $0 + $1.count - 1 }
    return parts.count < 2 || squares == 0 ? Double(all) : variance * variance / squares
  }

  /// How many seeds each part has.
  public var counts: [Int] { parts.map(\.count) }

  /// Whether every seed has the same value, so that there is nothing to measure a spread by.
  public var hasNoSpread: Bool { variance == 0 }

  /// The interval that leaves a share outside: value ± t standard error.
  public func interval(outside share: Double = 0.05) -> ClosedRange<Double> {
    if hasNoSpread { return value...value }
    let half = StudentT(freedom: freedom).bound(outside: share) * standardError
    return value - half...value + half
  }

  /// How likely a value at least as far from 0 is where the true one is 0.
  public var chance: Double {
    if hasNoSpread { return value == 0 ? 1 : 0 }
    return StudentT(freedom: freedom).twoSided(value / standardError)
  }

  /// How many seeds would make the interval leave out 0, if the value and the deviations stay what they
  /// are: the least N with t s / sqrt(N) < |value|.
  ///
  /// s^2 is the sum of the parts' variances a seed, t that of 95 % with N - 1 degrees of freedom, of
  /// several parts with N seeds each as Satterthwaite has it.
  ///
  /// - Returns: `nil` where more than a million would be needed.
  public func seedsNeeded(outside share: Double = 0.05) -> Int? {
    let each = parts.map { $0.variance * Double($0.count) }
    let sum = each.reduce(0, +)
    guard value != 0, sum > 0, value.isFinite, sum.isFinite else { return nil }
    let effective = sum * sum / each.reduce(0) { $0 + $1 * $1 }
    func isEnough(_ seeds: Int) -> Bool {
      let t = StudentT(freedom: effective * Double(seeds - 1)).bound(outside: share)
      return t * (sum / Double(seeds)).squareRoot() < abs(value)
    }
    var high = 2
    while !isEnough(high) {
      if high > 1_000_000 { return nil }
      high *= 2
    }
    var low = high / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

extension Estimate {
  /// A sum of a constant and of independent parts, each the mean of its seeds' values: Student's t for
  /// one part, Welch's for several.
  ///
  /// - Parameters:
  ///   - parts: the values of each part's seeds; at least two each.
  ///   - scale: how large the numbers were that the values were made of, so that their rounding is no
  ///     spread.
  package init(parts: [[Double]], constant: Double = 0, scale: Double = 0) {
    let statistics = parts.compactMap { SeedStatistics($0) }
    let value = statistics.reduce(constant) { $0 + $1.mean }
    self.init(
      value: abs(value) <= 1e-14 * scale ? 0 : value,
      parts: zip(parts, statistics).map { values, statistics in
        Part(
          count: values.count,
          variance: Self.variance(values, statistics, scale) / Double(values.count))
      }, method: parts.count == 1 ? .student : .welch)
  }

  /// Any function of means, by the jackknife: the function is taken anew without each seed in turn,
  /// variance (n - 1)/n sum (f_-s - mean f_-s)^2 a part (Efron and Tibshirani 1993, chapter 11).
  ///
  /// - Parameters:
  ///   - value: the function of all seeds.
  ///   - without: its values without each seed in turn, a list a part.
  package init(value: Double, without: [[Double]]) {
    self.init(
      value: value,
      parts: without.map { values in
        let n = Double(values.count)
        let own = SeedStatistics(values).map { Self.variance(values, $0, abs(value)) } ?? 0
        return Part(count: values.count, variance: own * (n - 1) * (n - 1) / n)
      }, method: .jackknife)
  }

  /// The variance of values; 0 where they differ by no more than rounding, which is where the greatest
  /// distance is below 1e-12 of the greatest number.
  private static func variance(
    _ values: [Double], _ statistics: SeedStatistics, _ scale: Double
  ) -> Double {
    guard let deviation = statistics.deviation, let least = values.min(),
      let greatest = values.max(),
      greatest - least > 1e-12 * max(scale, abs(least), abs(greatest))
    else { return 0 }
    return deviation * deviation
  }
}
