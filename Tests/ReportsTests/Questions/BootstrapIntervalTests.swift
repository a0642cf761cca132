import Foundation
import Interchange
import Pages
import Pictures
import Results
import Testing
import Tracking

struct BootstrapIntervalTests {
  /// Of many values the interval is that of the normal distribution: mean and 1.96 s / sqrt(n).
  ///
  /// 10,000 samples place each end within 2 % of the half width (their standard error is 1.3 %).
  @Test func agreesWithTheNormalDistribution() throws {
    let values = (0..<200).map { Double(($0 * 37) % 200) / 200 }
    let interval = try #require(BootstrapInterval.ofMean(values))
    let mean = values.reduce(0, +) / 200
    // The bootstrap's own variance has the divisor n.
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200).squareRoot()
    let half = 1.96 * deviation / 200.0.squareRoot()
    #expect(abs(interval.lowerBound - (mean - half)) < 0.06 * half)
    #expect(abs(interval.upperBound - (mean + half)) < 0.06 * half)
  }

  /// Of n values of which k are 1 and the others 0 the means are binomial: the ends are its
  /// quantiles, computed here from its formula.
  ///
  /// Cases in which a quantile's probability comes within 0.006 of a step are left out: that is four
  /// standard errors of 10,000 samples.
  @Test func agreesWithTheBinomialDistribution() throws {
    var compared = 0
    for n in 2...25 {
      for k in 1..<n {
        let share = Double(k) / Double(n)
        guard let low = Self.quantile(0.025, n, share), let high = Self.quantile(0.975, n, share)
        else { continue }
        let values = (0..<n).map { ($0 * 7) % n < k ? 1.0 : 0.0 }
        guard values.reduce(0, +) == Double(k) else { continue }
        let interval = try #require(BootstrapInterval.ofMean(values))
        #expect(
          interval == Double(low) / Double(n)...Double(high) / Double(n), "\(k) of \(n)")
        compared += 1
      }
    }
    #expect(compared > 80)
  }

  /// The least count whose cumulative probability reaches `share`; `nil` where it is near a step.
  private static func quantile(_ share: Double, _ n: Int, _ p: Double) -> Int? {
    var sum = 0.0
    for k in 0...n {
      let binomial = exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)))
      sum += binomial * pow(p, Double(k)) * pow(1 - p, Double(n - k))
      if abs(sum - share) < 0.006 { return nil }
      if sum > share { return k }
    }
    return n
  }

  /// The same samples drawn by an implementation of Philox from its paper: the bits of an interval
  /// are the same on every machine and in every version.
  @Test(arguments: [
    [0.3, 0.1], [1.5, -2, 0.25], [0.91, 0.93, 0.9, 0.97, 0.92], [1e-3, 5, -7e3, 2, 2, 2, 0.1],
  ])
  func theSamplesAreThoseOfPhilox(values: [Double]) throws {
    let key = Philox.key(seed: 1, purpose: 9)
    var means = (0..<10_000).map { sample -> Double in
      var sum = 0.0
      for index in values.indices {
        let word = Philox.word(sample, index, key)
        sum += values[Int(word.multipliedFullWidth(by: UInt64(values.count)).high)]
      }
      return sum / Double(values.count)
    }
    means.sort()
    // Linear between the two nearest of the ordered means, as numpy.quantile.
    func quantile(_ share: Double) -> Double {
      let place = share * 9_999
      let below = means[Int(place)]
      return below + (means[Int(place) + 1] - below) * (place - place.rounded(.down))
    }
    let interval = try #require(BootstrapInterval.ofMean(values))
    #expect(interval == quantile(0.025)...quantile(0.975))
  }

  @Test func saysNothingOfTooLittle() {
    #expect(BootstrapInterval.ofMean([]) == nil)
    #expect(BootstrapInterval.ofMean([1]) == nil)
    #expect(BootstrapInterval.ofMean([1, .nan, 2]) == nil)
    #expect(BootstrapInterval.ofMean([1, .infinity, 2]) == nil)
    #expect(BootstrapInterval.ofMean([2, 2, 2]) == 2...2)
  }

  @Test func differencesAreSaidInWords() {
    #expect(PairedDifference([0.1, 0.2, 0.15]).words(.maximize) == "better with every seed")
    #expect(PairedDifference([0.1, 0.2, 0.15]).words(.minimize) == "worse with every seed")
    #expect(PairedDifference([-0.1, -0.2, -0.15]).words(.maximize) == "worse with every seed")
    #expect(PairedDifference([-0.1, -0.2, -0.15]).words(.minimize) == "better with every seed")
    #expect(
      PairedDifference([-0.3, -0.2, -0.4, 0.01]).words(.minimize) == "better with 3 of 4 seeds")
    #expect(
      PairedDifference([-0.3, -0.2, -0.4, 0.01]).words(.maximize) == "worse with 3 of 4 seeds")
    #expect(PairedDifference([0, 0.2, 0.4]).words(.maximize) == "no difference measured")
    #expect(
      PairedDifference([0.1, -0.1, 0.05, -0.06]).words(.maximize) == "no difference measured")
    #expect(PairedDifference([0.1, 0.2]).words(.maximize) == "too few seeds to say")
    #expect(PairedDifference([0]).words(.maximize) == "too few seeds to say")
    #expect(PairedDifference([]).words(.maximize) == "too few seeds to say")
    #expect(PairedDifference([0, 0]).words(.maximize) == "exactly the same")
  }
}

/// Philox 4x32-10 as its paper gives it (Salmon and others 2011), in whole numbers without vectors.
private enum Philox {
  static func key(seed: UInt64, purpose: UInt64) -> (UInt32, UInt32) {
    func mix(_ value: UInt64) -> UInt64 {
      let a = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      let b = (a ^ (a >> 27)) &* 0x94D0_49BB_1331_11EB
      return b ^ (b >> 31)
    }
    let state = mix(mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ (purpose << 32))
    return (UInt32(truncatingIfNeeded: state), UInt32(truncatingIfNeeded: state >> 32))
  }

  /// The first 64 bits at counter (major, minor).
  static func word(_ major: Int, _ minor: Int, _ key: (UInt32, UInt32)) -> UInt64 {
    var words = [UInt64(minor) & 0xFFFF_FFFF, UInt64(minor) >> 32, UInt64(major) & 0xFFFF_FFFF, 0]
    var (first, second) = (UInt64(key.0), UInt64(key.1))
    for _ in 0..<10 {
      let (a, b) = (words[0] * 0xD251_1F53, words[2] * 0xCD9E_8D57)
      words = [
        (b >> 32) ^ words[1] ^ first, b & 0xFFFF_FFFF, (a >> 32) ^ words[3] ^ second,
        a & 0xFFFF_FFFF,
      ]
      first = (first + 0x9E37_79B9) & 0xFFFF_FFFF
      second = (second + 0xBB67_AE85) & 0xFFFF_FFFF
    }
    return words[0] << 32 | words[1]
  }
}
