import Foundation
import Results
import TensorKernels
import Testing
import Tracking

/// How often intervals that are called 95 % hold the truth, by drawing seeds again and again.
///
/// The bounds leave room of four deviations of the simulation itself. Docs/statistics.md has the table.
struct CoverageTests {
  private static let draws = 4000

  /// A normal number of a draw, by Box and Muller.
  private static func normal(_ random: CounterRandom, _ draw: Int, _ index: Int) -> Double {
    let unit = { (place: Int) in
      (Double(random.integer(below: 1 << 30, draw, place)) + 0.5) / Double(1 << 30)
    }
    return (-2 * log(unit(2 * index))).squareRoot() * cos(2 * .pi * unit(2 * index + 1))
  }

  /// How many of `rows` rows are wrong: a binomial number by its distribution.
  private static func wrong(
    _ random: CounterRandom, _ draw: Int, _ index: Int, rows: Int, share: Double
  ) -> Double {
    let place = (Double(random.integer(below: 1 << 30, draw, index)) + 0.5) / Double(1 << 30)
    var count = 0.0
    var chance = pow(1 - share, Double(rows))
    var sum = chance
    while sum < place, count < Double(rows) {
      chance *= (Double(rows) - count) / (count + 1) * share / (1 - share)
      count += 1
      sum += chance
    }
    return count
  }

  private static func coverage(
    draws: Int = draws, _ truth: Double, _ estimate: (CounterRandom, Int) -> Estimate?
  ) -> Double {
    let random = CounterRandom(seed: 14, purpose: .bootstrap)
    var held = 0
    for draw in 0..<draws where estimate(random, draw)?.interval().contains(truth) == true {
      held += 1
    }
    return Double(held) / Double(draws)
  }

  private static func sample(_ values: [Double], from seed: Int = 0) -> SeedSample {
    SeedSample(values: ["": values.enumerated().map { ($0.offset + seed, $0.element) }])
  }

  @Test(arguments: [3, 5, 10, 20])
  func normalDifferencesAreCovered(_ n: Int) {
    // Two means share half of their variance, as runs of one seed do.
    let paired = Self.coverage(0.3) { random, draw in
      let common = (0..<n).map { Self.normal(random, draw, $0) }
      let a = (0..<n).map { common[$0] + Self.normal(random, draw, n + $0) + 0.3 }
      let b = (0..<n).map { common[$0] + Self.normal(random, draw, 2 * n + $0) }
      return Contrast([Self.sample(a), Self.sample(b)], coefficients: [1, -1]).estimate
    }
    #expect(paired > 0.936 && paired < 0.964, "paired, \(n): \(paired)")
    let welch = Self.coverage(0.3) { random, draw in
      let a = (0..<n).map { 3 * Self.normal(random, draw, $0) + 0.3 }
      let b = (0..<n).map { Self.normal(random, draw, n + $0) }
      return Contrast([Self.sample(a), Self.sample(b, from: 100)], coefficients: [1, -1]).estimate
    }
    #expect(welch > 0.93 && welch < 0.97, "Welch, \(n): \(welch)")
  }

  /// 160 rows, of which 8 are wrong on the whole: 0.95, and 0.8 with 32.
  @Test(arguments: [3, 5, 10])
  func accuraciesWithSomeWrongRowsAreCovered(_ n: Int) {
    let coverage = Self.coverage(-0.15) { random, draw in
      let a = (0..<n).map { 1 - Self.wrong(random, draw, $0, rows: 160, share: 0.2) / 160 }
      let b = (0..<n).map { 1 - Self.wrong(random, draw, n + $0, rows: 160, share: 0.05) / 160 }
      return Contrast([Self.sample(a), Self.sample(b)], coefficients: [1, -1]).estimate
    }
    #expect(coverage > 0.92 && coverage < 0.98, "\(n): \(coverage)")
  }

  /// What fails: an accuracy of which most seeds have no wrong row at all.
  @Test func aCeilingIsNotCovered() {
    let coverage = Self.coverage(1 - 0.002) { random, draw in
      let a = (0..<5).map { 1 - Self.wrong(random, draw, $0, rows: 160, share: 0.002) / 160 }
      return Estimate(parts: [a])
    }
    #expect(coverage > 0.6 && coverage < 0.9, "\(coverage)")
  }

  /// A ratio of two means with deviations of a fifth.
  @Test(arguments: [5, 10])
  func ratiosAreCovered(_ n: Int) {
    let coverage = Self.coverage(0.5) { random, draw in
      let a = (0..<n).map { 0.5 + 0.1 * Self.normal(random, draw, $0) }
      let b = (0..<n).map { 1 + 0.2 * Self.normal(random, draw, n + $0) }
      return Contrast([Self.sample(a), Self.sample(b)]) { $0[0] / $0[1] }.estimate
    }
    #expect(coverage > 0.92 && coverage < 0.975, "\(n): \(coverage)")
  }
}
