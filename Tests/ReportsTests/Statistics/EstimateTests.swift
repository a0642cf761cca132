import Foundation
import Results
import Testing
import Tracking

/// Student's t, Welch's t, the jackknife and Holm's adjustment against SciPy and statsmodels.
struct EstimateTests {
  private let fixture: StatisticsFixture

  init() throws { fixture = try StatisticsFixture.read() }

  @Test func boundsAndChancesAreThoseOfSciPy() {
    #expect(fixture.bounds.count == 32 && fixture.chances.count == 35)
    for known in fixture.bounds {
      let bound = StudentT(freedom: known.freedom).bound(outside: known.share)
      #expect(areClose(bound, known.bound), "\(known): \(bound)")
    }
    for known in fixture.chances {
      let chance = StudentT(freedom: known.freedom).twoSided(known.t)
      #expect(areClose(chance, known.chance), "\(known): \(chance)")
    }
  }

  private func close(_ interval: ClosedRange<Double>?, _ known: [Double]) -> Bool {
    guard let interval else { return false }
    return areClose(interval.lowerBound, known[0], 1e-10)
      && areClose(interval.upperBound, known[1], 1e-10)
  }

  @Test func intervalsOfMeansAreThoseOfSciPy() throws {
    for known in fixture.means {
      let statistics = try #require(SeedStatistics(known.values))
      #expect(close(statistics.interval(), known.interval), "\(known)")
    }
    #expect(SeedStatistics([1])?.interval() == nil)
    #expect(SeedStatistics([1, .nan])?.interval() == nil)
    #expect(SeedStatistics([1, .infinity])?.interval() == nil)
    #expect(SeedStatistics([2, 2, 2])?.interval() == 2...2)
  }

  /// Values by seed, from a first seed on.
  private func sample(_ values: [Double], from seed: Int = 1) -> SeedSample {
    SeedSample(values: ["": values.enumerated().map { ($0.offset + seed, $0.element) }])
  }

  @Test func commonSeedsArePairedAndOthersAreWelchs() throws {
    for known in fixture.paired {
      let estimate = try #require(
        Contrast([sample(known.a), sample(known.b)], coefficients: [1, -1]).estimate)
      #expect(estimate.method == .student && areClose(estimate.value, known.value))
      #expect(close(estimate.interval(), known.interval), "\(known)")
      #expect(areClose(estimate.chance, known.chance ?? .nan, 1e-9))
    }
    for known in fixture.welch {
      let estimate = try #require(
        Contrast([sample(known.a), sample(known.b, from: 100)], coefficients: [1, -1]).estimate)
      #expect(estimate.method == .welch && areClose(estimate.value, known.value))
      #expect(areClose(estimate.freedom, known.freedom ?? .nan, 1e-9))
      #expect(close(estimate.interval(), known.interval), "\(known)")
      #expect(areClose(estimate.chance, known.chance ?? .nan, 1e-9))
    }
  }

  @Test func ratiosGoByTheJackknife() throws {
    for known in fixture.jackknife {
      let bound = try #require(known.bound)
      let estimate = try #require(
        Contrast([sample(known.a), sample(known.b)]) { $0[0] / $0[1] - bound }.estimate)
      #expect(estimate.method == .jackknife && areClose(estimate.value, known.value))
      #expect(close(estimate.interval(), known.interval), "\(known)")
    }
  }

  /// What is linear has the same interval by the jackknife, also where seeds are not common.
  @Test func theJackknifeOfASumIsStudentsT() throws {
    for (known, seed) in fixture.paired.map({ ($0, 1) }) + fixture.welch.map({ ($0, 100) }) {
      let samples = [sample(known.a), sample(known.b, from: seed)]
      let estimate = try #require(Contrast(samples) { $0[0] - $0[1] }.estimate)
      #expect(close(estimate.interval(), known.interval), "\(known)")
    }
  }

  @Test func seedsThatWouldDo() throws {
    for known in fixture.seeds {
      let estimate = Estimate(parts: [known.values])
      #expect(estimate.seedsNeeded(outside: known.share) == known.needed, "\(known)")
    }
    #expect(Estimate(parts: [[1, -1]]).seedsNeeded() == nil)
    #expect(Estimate(parts: [[1, 1]]).seedsNeeded() == nil)
  }

  @Test func severalComparisonsAreThoseOfHolm() {
    for known in fixture.holm {
      let adjusted = Holm.adjusted(known.chances)
      #expect(zip(adjusted, known.adjusted).allSatisfy { areClose($0, $1) }, "\(known)")
    }
    #expect(Holm.adjusted([]) == [])
  }

  @Test func whatSamplingDoesToAnAccuracyIsWilsons() {
    for known in fixture.wilson {
      let half = PartSampling.halfWidth(
        of: Double(known.right) / Double(known.rows), rows: known.rows)
      #expect(areClose(half, known.half), "\(known)")
    }
  }

  /// Rounding is no spread: of 0.1 + 0.2 - 0.3 nothing is measured.
  @Test func equalValuesHaveNoSpread() throws {
    let a = sample([0.1 + 0.2, 0.3, 0.3])
    let b = sample([0.3, 0.3, 0.1 + 0.2])
    let equal = try #require(Contrast([a, b], coefficients: [1, -1]).estimate)
    #expect(equal.hasNoSpread && equal.value == 0 && equal.interval() == 0...0)
    #expect(equal.chance == 1)
    let apart = try #require(
      Contrast([sample([5, 6]), sample([4, 5])], coefficients: [1, -1]).estimate)
    #expect(apart.hasNoSpread && apart.interval() == 1...1 && apart.chance == 0)
  }

  /// Combinations that only one side has count for nothing where others are alike.
  @Test func alikeCombinationsAreCompared() {
    let a = SeedSample(values: ["x": [(1, 1), (2, 2), (3, 4)], "y": [(1, 100), (2, 100)]])
    let b = SeedSample(values: ["x": [(1, 0), (2, 0), (4, 9)], "z": [(1, 7)]])
    let contrast = Contrast([a, b], coefficients: [1, -1])
    #expect(contrast.values == [1, 2] && contrast.shared == .some(1) && contrast.common == 2)
    let other = SeedSample(values: ["w": [(1, 0), (2, 1)]])
    let apart = Contrast([a, other], coefficients: [1, -1])
    // (1 + 100)/2 - 0 and (2 + 100)/2 - 1.
    #expect(apart.values == [50.5, 50] && apart.shared == .none)
    // Data seeds and seeds are not the same, whatever their numbers.
    let data = SeedSample(values: ["x": [(1, 0), (2, 0)]], replicate: .dataSeed)
    #expect(Contrast([a, data], coefficients: [1, -1]).estimate?.method == .welch)
    let one = SeedSample(values: ["x": [(1, 0)]])
    #expect(Contrast([a, one], coefficients: [1, -1]).estimate == nil)
  }
}
