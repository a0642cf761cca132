import Foundation
import Interchange
import Pages
import Pictures
import Results
import Testing
import Tracking

struct BootstrapIntervalTests {
  /// Of many values the interval is that of the normal distribution: mean and 1.96 s / sqrt(n).
  @Test func agreesWithTheNormalDistribution() throws {
    let values = (0..<200).map { Double(($0 * 37) % 200) / 200 }
    let interval = try #require(BootstrapInterval.ofMean(values))
    let mean = values.reduce(0, +) / 200
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
    let half = 1.96 * deviation / 200.0.squareRoot()
    #expect(abs(interval.lowerBound - (mean - half)) < 0.1 * half)
    #expect(abs(interval.upperBound - (mean + half)) < 0.1 * half)
    #expect(BootstrapInterval.ofMean(values) == interval)
  }

  @Test func saysNothingOfTooLittle() {
    #expect(BootstrapInterval.ofMean([1]) == nil)
    #expect(BootstrapInterval.ofMean([1, .nan, 2]) == nil)
    #expect(BootstrapInterval.ofMean([2, 2, 2]) == 2...2)
  }

  @Test func differencesAreSaidInWords() {
    #expect(PairedDifference([0.1, 0.2, 0.15]).words(.maximize) == "better with every seed")
    #expect(PairedDifference([0.1, 0.2, 0.15]).words(.minimize) == "worse with every seed")
    #expect(
      PairedDifference([-0.3, -0.2, -0.4, 0.01]).words(.minimize) == "better with 3 of 4 seeds")
    #expect(
      PairedDifference([0.1, -0.1, 0.05, -0.06]).words(.maximize) == "no difference measured")
    #expect(PairedDifference([0.1, 0.2]).words(.maximize) == "too few seeds to say")
    #expect(PairedDifference([0, 0]).words(.maximize) == "exactly the same")
  }
}
