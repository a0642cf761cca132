import Foundation

/// What the band around a mean over seeds reaches over.
public enum SeedBand: String, Hashable, Sendable, Codable, CaseIterable {
  /// One sample deviation to each side.
  case std
  /// One standard error of the mean, s / sqrt(n).
  case sem
  /// The 95 % interval of the mean by Student's t.
  case ci
  /// From the first to the third quartile of the values.
  case quartiles
  /// From the least to the greatest value.
  case range
  /// No band.
  case none

  /// The ends of the band around the mean of some values; `nil` where there is none: for a single
  /// value, where one is not finite, and of logarithms where one is not above 0.
  ///
  /// Of logarithms the mean stays that of the values, and the band is its product with and its
  /// quotient by exp(s), s the deviation (or standard error, or half interval) of ln x: equally far
  /// to both sides on a logarithmic axis. Quartiles are interpolated as NumPy's are by default.
  ///
  /// - Parameter bounds: what the values can be; the band does not reach beyond.
  public func ends(
    of values: [Double], isLogarithmic: Bool = false, within bounds: MetricBounds = MetricBounds()
  ) -> ClosedRange<Double>? {
    guard self != .none, values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    guard let found = isLogarithmic && isSymmetric ? factors(values) : plain(values),
      found.lower.isFinite, found.upper.isFinite
    else { return nil }
    let lower = max(found.lower, bounds.least ?? -.infinity)
    let upper = min(found.upper, bounds.greatest ?? .infinity)
    return lower <= upper ? lower...upper : nil
  }

  /// Whether it reaches equally far to both sides of the mean.
  private var isSymmetric: Bool { self == .std || self == .sem || self == .ci }

  private func plain(_ values: [Double]) -> (lower: Double, upper: Double)? {
    guard let statistics = SeedStatistics(values) else { return nil }
    switch self {
    case .none: return nil
    case .range: return (values.min() ?? .nan, values.max() ?? .nan)
    case .quartiles:
      let sorted = values.sorted()
      return (SeedBand.quantile(sorted, 0.25), SeedBand.quantile(sorted, 0.75))
    case .std, .sem, .ci:
      guard let half = half(statistics) else { return nil }
      return (statistics.mean - half, statistics.mean + half)
    }
  }

  private func factors(_ values: [Double]) -> (lower: Double, upper: Double)? {
    guard values.allSatisfy({ $0 > 0 }), let statistics = SeedStatistics(values),
      let logarithms = SeedStatistics(values.map { log($0) }), let half = half(logarithms)
    else { return nil }
    return (statistics.mean * exp(-half), statistics.mean * exp(half))
  }

  /// How far it reaches to each side of the mean.
  private func half(_ statistics: SeedStatistics) -> Double? {
    guard let deviation = statistics.deviation else { return nil }
    switch self {
    case .std: return deviation
    case .sem: return deviation / Double(statistics.count).squareRoot()
    case .ci: return statistics.interval().map { $0.upperBound - statistics.mean }
    case .quartiles, .range, .none: return nil
    }
  }

  /// A quantile of sorted values, linear between neighbours (Hyndman and Fan 1996, type 7).
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[below] }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
  }
}

/// What a metric's values can be.
public struct MetricBounds: Hashable, Sendable {
  /// No value is less; `nil` where there is no such bound.
  public var least: Double?
  /// No value is greater; `nil` where there is no such bound.
  public var greatest: Double?

  /// Makes bounds; without any every value can be.
  public init(least: Double? = nil, greatest: Double? = nil) {
    self.least = least
    self.greatest = greatest
  }
}

extension Metric {
  /// What its values can be, by its name: shares lie in [0, 1], r2 is at most 1, losses, errors, norms
  /// and times are at least 0.
  ///
  /// A program's metric of such a name may be something else: a bound that one of the values breaks is
  /// none.
  ///
  /// - Parameter values: what was measured.
  public func bounds(_ values: some Sequence<Double>) -> MetricBounds {
    let word = String(name.split { $0 == "/" || $0 == "_" }.last ?? "")
    var bounds = MetricBounds()
    switch word {
    case "accuracy", "auc", "f1", "small": bounds = MetricBounds(least: 0, greatest: 1)
    case "r2": bounds.greatest = 1
    case "loss", "objective", "error", "mse", "rmse", "mae", "norm", "std": bounds.least = 0
    default: if isTiming || name == "duration_s" { bounds.least = 0 }
    }
    for value in values where value.isFinite {
      if let least = bounds.least, value < least { bounds.least = nil }
      if let greatest = bounds.greatest, value > greatest { bounds.greatest = nil }
    }
    return bounds
  }
}
