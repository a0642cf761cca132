import RunStorage
import TensorKernels
public import Tracking

/// How sure a mean is.
public enum BootstrapInterval {
  /// The 95 % interval of the mean of some values: the middle of the means of samples drawn from them
  /// with replacement (the percentile bootstrap; Efron and Tibshirani, 1993).
  ///
  /// Equal values give equal intervals, everywhere. Of a single value, or where one is not finite,
  /// nothing can be said: `nil`.
  public static func ofMean(_ values: [Double]) -> ClosedRange<Double>? {
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let random = CounterRandom(seed: 1, purpose: .bootstrap)
    let samples = max(1000, min(10_000, 2_000_000 / values.count))
    var means = (0..<samples).map { sample in
      var sum = 0.0
      for index in values.indices {
        sum += values[random.integer(below: values.count, sample, index)]
      }
      return sum / Double(values.count)
    }
    means.sort()
    return quantile(0.025, means)...quantile(0.975, means)
  }

  /// The value below which a share of sorted values lies, linear between two of them.
  private static func quantile(_ share: Double, _ sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}

/// Differences between runs of the same seed, one a seed.
public struct PairedDifference: Hashable, Sendable {
  /// First minus second, in the order of the seeds.
  public let values: [Double]

  /// Makes differences of known values.
  public init(_ values: [Double]) { self.values = values }

  /// Differences of values by seed, over the seeds that both have.
  ///
  /// A seed with several values stands for their mean.
  package init(_ first: [(seed: Int, value: Double)], _ second: [(seed: Int, value: Double)]) {
    let left = Self.means(first)
    let right = Self.means(second)
    values = left.keys.sorted().compactMap { seed in
      guard let a = left[seed], let b = right[seed] else { return nil }
      return a - b
    }
  }

  /// The mean of each seed's values.
  package static func means(_ values: [(seed: Int, value: Double)]) -> [Int: Double] {
    Dictionary(grouping: values, by: \.seed).mapValues { values in
      values.reduce(0) { $0 + $1.value } / Double(values.count)
    }
  }

  /// Mean, deviation and number.
  public var statistics: SeedStatistics? { SeedStatistics(values) }

  /// The 95 % interval of the mean.
  public var interval: ClosedRange<Double>? { BootstrapInterval.ofMean(values) }

  /// What the differences say, in plain words.
  ///
  /// - Parameters:
  ///   - known: which way is better; `nil` where nobody has said it.
  ///   - replicate: what has a difference each.
  package func words(_ known: Direction?, _ replicate: Replicate = .seed) -> String {
    let direction = known ?? .maximize
    if values.count > 1, values.allSatisfy({ $0 == 0 }) { return "exactly the same" }
    guard values.count > 2, let interval, let mean = statistics?.mean else {
      return "too few \(replicate.noun(2)) to say"
    }
    if interval.contains(0) { return "no difference measured" }
    let isBetter = direction.isBetter(mean, than: 0)
    let count = values.count {
      isBetter ? direction.isBetter($0, than: 0) : direction.isBetter(0, than: $0)
    }
    let word =
      known == nil ? isBetter ? "greater" : "smaller" : isBetter ? "better" : "worse"
    return count == values.count
      ? "\(word) with every \(replicate.rawValue)"
      : "\(word) with \(count) of \(values.count) \(replicate.noun(2))"
  }
}

extension ClosedRange where Bound == Double {
  /// The interval as people read it.
  package var inWords: String {
    "[\(SeedStatistics.text(lowerBound)), \(SeedStatistics.text(upperBound))]"
  }
}
