import Foundation

/// Student's t distribution, for any positive number of degrees of freedom.
public struct StudentT: Hashable, Sendable {
  /// The degrees of freedom, as n - 1, or Welch's, which need not be whole.
  public let freedom: Double

  /// The distribution with so many degrees of freedom.
  public init(freedom: Double) { self.freedom = freedom }

  /// The probability of a value at least as far from 0 on either side.
  ///
  /// I(v/(v + t^2); v/2, 1/2), the regularized incomplete beta function (Abramowitz and Stegun 26.7.1).
  public func twoSided(_ t: Double) -> Double {
    if t.isNaN || freedom.isNaN { return .nan }
    if t.isInfinite { return 0 }
    let square = t * t
    // Of small values the complement is exact, of large ones the ratio.
    return square < freedom
      ? 1 - Beta(0.5, freedom / 2).regularized(square / (freedom + square))
      : Beta(freedom / 2, 0.5).regularized(freedom / (freedom + square))
  }

  /// The value that is exceeded on either side with a probability: 2.776 for 0.05 and 4 degrees of
  /// freedom.
  ///
  /// - Parameter share: the probability of both sides together, above 0 and below 1.
  public func bound(outside share: Double) -> Double {
    guard share > 0, share < 1, freedom > 0 else { return share < 1 ? .infinity : 0 }
    var low = 0.0
    var high = 2.0
    while twoSided(high) > share, high < 1e300 {
      low = high
      high *= 4
    }
    // Newton's steps, kept within the bracket.
    var t = (low + high) / 2
    for _ in 0..<200 {
      let excess = twoSided(t) - share
      if excess > 0 { low = t } else { high = t }
      let next = t + excess / (2 * density(t))
      let step = next > low && next < high ? next : (low + high) / 2
      if abs(step - t) <= 1e-15 * t || low == high { return step }
      t = step
    }
    return t
  }

  private func density(_ t: Double) -> Double {
    let logarithm =
      logGamma((freedom + 1) / 2) - logGamma(freedom / 2) - 0.5 * log(freedom * .pi)
      - (freedom + 1) / 2 * log1p(t * t / freedom)
    return exp(logarithm)
  }
}

/// The regularized incomplete beta function of two positive numbers.
private struct Beta {
  private let a: Double
  private let b: Double

  init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// I(x; a, b) by its continued fraction, where it converges quickly, or that of 1 - x.
  func regularized(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
    return x < (a + 1) / (a + b + 2)
      ? front * Self.fraction(a, b, x) / a : 1 - front * Self.fraction(b, a, 1 - x) / b
  }

  /// The continued fraction by Lentz's method (Press et al., Numerical Recipes 6.4).
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    for term in 1...10_000 {
      let m = Double(term)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return result
  }
}

/// The logarithm of the gamma function of a positive number.
private func logGamma(_ x: Double) -> Double { lgamma(x) }

extension SeedStatistics {
  /// The interval of the mean by Student's t: mean ± t s / sqrt(n).
  ///
  /// - Parameter share: the probability left outside of it.
  /// - Returns: `nil` for a single value, and where one is not finite.
  public func interval(outside share: Double = 0.05) -> ClosedRange<Double>? {
    guard let deviation, deviation.isFinite, mean.isFinite else { return nil }
    if deviation == 0 { return mean...mean }
    let bound = StudentT(freedom: Double(count - 1)).bound(outside: share)
    let half = bound * deviation / Double(count).squareRoot()
    return half.isFinite ? mean - half...mean + half : nil
  }
}
