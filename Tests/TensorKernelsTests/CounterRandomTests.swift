import TensorKernels
import Testing

@Suite struct CounterRandomTests {
  /// Known answers of Philox 4x32-10 from Random123's kat_vectors (Salmon and others).
  @Test func philoxGivesThePublishedAnswers() {
    let all = UInt32.max
    #expect(
      CounterRandom.philox(SIMD4(repeating: 0), key: (0, 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      CounterRandom.philox(SIMD4(repeating: all), key: (all, all))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      CounterRandom.philox(
        SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  /// Means and variances of 100,000 draws lie within five standard errors of the truth.
  @Test func momentsAreThoseOfTheDistributions() {
    let random = CounterRandom(seed: 7, purpose: .bootstrap)
    let count = 100_000
    let uniform = (0..<count).map { random.uniform(0, $0) }
    let normal = (0..<count).map { random.normal(1, $0) }
    #expect(abs(mean(uniform) - 0.5) < 5 * (1 / 12.0 / Double(count)).squareRoot())
    #expect(abs(variance(uniform) - 1 / 12.0) < 5 * (1 / 180.0 / Double(count)).squareRoot())
    #expect(abs(mean(normal)) < 5 / Double(count).squareRoot())
    #expect(abs(variance(normal) - 1) < 5 * (2 / Double(count)).squareRoot())
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test(.everyBody) func everyOrderOfThreeIsAsLikely() {
    let random = CounterRandom(seed: 1, purpose: .shuffle)
    var counts: [[Int32]: Int] = [:]
    for draw in 0..<6000 { counts[random.permutation(of: 3, draw), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 150 })  // five standard errors
  }

  @Test(.everyBody, arguments: [0, 1, 2, 3, 8, 9, 17, 1000])
  func ordersAreThoseOfFisherAndYates(count: Int) {
    let random = CounterRandom(seed: 3, purpose: .shuffle)
    for draw in [0, 1, 1 << 40] {
      var expected = (0..<Int32(count)).map { $0 }
      for place in stride(from: count - 1, to: 0, by: -1) {
        expected.swapAt(place, random.integer(below: place + 1, draw, place))
      }
      #expect(random.permutation(of: count, draw) == expected)
    }
  }

  @Test func purposesStreamsAndSeedsAreApart() {
    let keys = [1, 2].flatMap { seed in
      [CounterRandom.Purpose.data, .dropout].flatMap { purpose in
        [0, 1].map { CounterRandom(seed: seed, purpose: purpose, stream: $0).uniform(0, 0) }
      }
    }
    #expect(Set(keys).count == 8)
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
