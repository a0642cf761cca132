import Datasets
import Experiments
import Foundation
import NeuralNet
import Testing
import Tracking
import Training

@Suite struct RateRangeTestTests {
  /// Rates over eight decades, a thousand of them.
  private static let rates = (0..<1000).map { pow(10, -7 + 8 * Double($0) / 999) }

  @Test func theSmoothedLossHasNoBias() {
    let test = RateRangeTest(rates: [1, 2, 3], losses: [4, 2, 6], beta: 0.5)
    // m = 2, 2, 4 over 1/2, 3/4, 7/8.
    #expect(test.smoothed == [4, 2 / 0.75, 4 / 0.875])
    let flat = RateRangeTest(rates: Self.rates, losses: Self.rates.map { _ in 3 }, beta: 0.9)
    #expect(flat.smoothed.allSatisfy { abs($0 - 3) < 1e-12 })
    #expect(flat.reading == nil)
  }

  /// A loss that falls as a logistic curve around 10^-3 and explodes at 10^-1: the steepest place is
  /// the logistic's middle, the least is where both slopes are equal.
  @Test func theCurveIsReadAtItsSteepestAndItsLeast() throws {
    let losses = Self.rates.map { rate in
      let place = log10(rate)
      return 2 / (1 + exp(4 * (place + 3))) + 0.5 + exp(6 * (place + 1))
    }
    let reading = try #require(
      RateRangeTest(rates: Self.rates, losses: losses, beta: 0).reading)
    #expect(abs(log10(reading.steepest) + 3) < 0.05)
    let slope = { (place: Double) in
      let e = exp(4 * (place + 3))
      return -8 * e / ((1 + e) * (1 + e)) + 6 * exp(6 * (place + 1))
    }
    #expect(slope(log10(reading.minimum) - 0.02) < 0 && slope(log10(reading.minimum) + 0.02) > 0)
    #expect(reading.suggestion == reading.minimum / 10)
    #expect(!reading.isOpen)
  }

  @Test func aLossThatStillFallsSaysSo() throws {
    let losses = Self.rates.map { 1 / (1 + exp(3 * log10($0))) }
    let reading = try #require(
      RateRangeTest(rates: Self.rates, losses: losses, beta: 0).reading)
    #expect(reading.isOpen)
  }

  /// The suggested rate lies before the edge, where the explosion is seen only behind it.
  ///
  /// Gradient descent on the mean of squares diverges above 2 / (greatest curvature), which is 1 for
  /// the bias alone; at the bottom single precision rounds the first growing updates away.
  @Test func gradientDescentExplodesBeyondItsLimit() throws {
    let test = try test(of: "sgd", updates: 400)
    let reading = try #require(test.reading)
    #expect(reading.minimum > 0.003 && reading.suggestion < 1)
    let last = try #require(test.rates.last)
    #expect(last > 0.5 && last < 10)
    #expect(test.rates[0] == 1e-6)
    #expect(abs(test.rates[1] / test.rates[0] - pow(1e7, 1 / 399.0)) < 1e-9)
  }

  @Test func aTestIsTheSameEveryTimeAndItsMeanIsOverSeeds() throws {
    let first = try test(of: "adam", updates: 60)
    #expect(try test(of: "adam", updates: 60).losses == first.losses)
    let second = try test(of: "adam", updates: 60, seed: 2)
    #expect(second.losses != first.losses)
    let mean = RateRangeTest(meanOf: [first, second])
    #expect(mean.losses[5] == (first.losses[5] + second.losses[5]) / 2)
    #expect(mean.smoothed[7] == (first.smoothed[7] + second.smoothed[7]) / 2)
  }

  private func test(of optimizer: String, updates: Int, seed: Int = 1) throws -> RateRangeTest {
    let file = """
      data: {source: linear, points: 200, noise: 0.1}
      model: [{linear: 1}]
      train: {optimizer: \(optimizer), batch_size: full, seed: \(seed)}
      """
    let library = DataLibrary()
    let experiment = try Experiment.parse(file, library: library)
    let sweep = try #require(experiment.sweeps.first)
    let configuration = try #require(experiment.members(of: sweep).first?.configuration)
    var settings = RateRangeTest.Settings()
    settings.updates = updates
    return try RateRangeTest(
      configuration, data: library.prepare(configuration.data), settings)
  }
}
