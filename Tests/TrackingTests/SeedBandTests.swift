import Foundation
import Testing
import Tracking

/// Numbers by NumPy 2.1 and SciPy 1.14.
///
///     x = np.array([0.2, 0.5, 0.9, 3.0]); s = x.std(ddof=1)
///     x.mean() - s, x.mean() + s; x.mean() - s / 2; x.mean() - stats.t.ppf(0.975, 3) * s / 2
///     np.quantile(x, [0.25, 0.75])
@Suite struct SeedBandTests {
  private let values = [0.2, 0.5, 0.9, 3.0]

  private func check(
    _ band: SeedBand, _ lower: Double, _ upper: Double, isLogarithmic: Bool = false
  ) {
    let ends = band.ends(of: values, isLogarithmic: isLogarithmic)
    #expect(abs((ends?.lowerBound ?? .nan) - lower) < 1e-9, "\(band)")
    #expect(abs((ends?.upperBound ?? .nan) - upper) < 1e-9, "\(band)")
  }

  @Test func reachesOverWhatItSays() {
    check(.std, -0.11622799421483876, 2.4162279942148386)
    check(.sem, 0.5168860028925806, 1.7831139971074192)
    check(.ci, -0.8648513009182581, 3.164851300918258)
    check(.quartiles, 0.425, 1.425)
    check(.range, 0.2, 3)
    #expect(SeedBand.none.ends(of: values) == nil)
  }

  @Test func onALogarithmicAxisItIsAFactor() {
    let logarithms = values.map { log($0) }
    let mean = logarithms.reduce(0, +) / 4
    let s = (logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
    check(.std, 1.15 / exp(s), 1.15 * exp(s), isLogarithmic: true)
    check(.sem, 1.15 / exp(s / 2), 1.15 * exp(s / 2), isLogarithmic: true)
    // t with 3 degrees of freedom, 0.975: 3.182446305.
    check(
      .ci, 1.15 / exp(3.182446305284263 * s / 2), 1.15 * exp(3.182446305284263 * s / 2),
      isLogarithmic: true)
    // Quartiles and ends are the same on every axis.
    check(.quartiles, 0.425, 1.425, isLogarithmic: true)
    check(.range, 0.2, 3, isLogarithmic: true)
    #expect(SeedBand.std.ends(of: [0, 1], isLogarithmic: true) == nil)
  }

  @Test func staysWithinWhatTheMetricCanBe() {
    let accuracies = [0.9, 1, 1, 1]
    let bounds = Metric.valAccuracy.bounds(accuracies)
    // 0.975 ± 0.05
    let ends = SeedBand.std.ends(of: accuracies, within: bounds)
    #expect(ends?.upperBound == 1)
    #expect(abs((ends?.lowerBound ?? 0) - 0.925) < 1e-12)
    // 1.15 ± 1.2656
    let loss = SeedBand.std.ends(of: values, within: Metric.valLoss.bounds(values))
    #expect(loss?.lowerBound == 0)
  }

  @Test func aBoundThatAValueBreaksIsNone() {
    #expect(Metric("val/accuracy").bounds([50, 98]) == MetricBounds(least: 0))
    #expect(Metric("elbo/loss").bounds([-3, 2]) == MetricBounds())
    #expect(Metric("val/r2").bounds([-3, 0.5]) == MetricBounds(greatest: 1))
    #expect(Metric("val/loss").bounds([0.5]) == MetricBounds(least: 0))
    #expect(Metric("energy").bounds([0.5]) == MetricBounds())
    #expect(Metric("val/balanced_accuracy").bounds([0.5]) == MetricBounds(least: 0, greatest: 1))
  }

  @Test func oneValueHasNone() {
    for band in SeedBand.allCases { #expect(band.ends(of: [1]) == nil) }
    #expect(SeedBand.std.ends(of: [1, .nan]) == nil)
  }
}
