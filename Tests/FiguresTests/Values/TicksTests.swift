import Figures
import Foundation
import Testing

@Suite struct TicksTests {
  private func labels(_ low: Double, _ high: Double, _ scale: Axis.Scale = .linear, target: Int = 6)
    -> [String]
  {
    Axis("", scale: scale).ticks(in: low...high, target: target).filter { !$0.isMinor }
      .map(\.label)
  }

  /// A power of ten alone says nothing of how far up and down reaches.
  @Test func aLonePowerOfTenHasNeighbours() {
    #expect(labels(0.03, 0.3, .log, target: 2) == ["0.05", "0.1", "0.2"])
    #expect(labels(0.03, 0.98, .log, target: 2) == ["0.1", "0.5"])
    #expect(labels(0.03, 3, .log, target: 2) == ["0.1", "1"])
  }

  /// Ranges of every kind that values can have, from a fixed seed: nothing traps, hangs or is drawn
  /// outside.
  @Test(arguments: [Axis.Scale.linear, .log])
  func anyRangeHasFewTicksWithinIt(scale: Axis.Scale) {
    var random = SplitMix(state: 7)
    let special = [
      0, .leastNonzeroMagnitude, 2.3e-308, 1e-300, 1e-12, 1, 1 + 1e-15, 1e12, 1e300, 1.7e308,
      .infinity, .nan,
    ]
    for _ in 0..<4000 {
      let values = (0..<3).map { _ -> Double in
        let size =
          random.below(3) == 0
          ? special[random.below(special.count)] : Foundation.exp(1400 * random.share() - 700)
        return random.below(4) == 0 ? -size : size
      }
      let axis = Axis("", scale: scale)
      let range = axis.fitted(to: values)
      #expect(range.lowerBound < range.upperBound && range.upperBound.isFinite)
      #expect(range.lowerBound.isFinite && (scale == .linear || range.lowerBound > 0))
      for target in [2, 5, 12] {
        let ticks = axis.ticks(in: range, target: target)
        #expect(ticks.count < 1000 && ticks.count { !$0.isMinor } <= 4 * target + 4)
        #expect(!ticks.contains { $0.label.contains("nan") || $0.label.contains("inf") })
      }
      for value in values where axis.shows(value) {
        #expect(axis.position(value, in: range).isFinite)
      }
      #expect(axis.value(at: 0.5, in: range) >= range.lowerBound)
      #expect(axis.value(at: 0.5, in: range) <= range.upperBound)
      for value in values { _ = Axis.text(value) }
    }
  }

  /// 600 decades: the middle of the axis is 1, by the symmetry of 1e-300 and 1e300.
  ///
  /// With the room at both ends it shows 611 powers of ten, a fifth of which is 123.
  @Test func anAxisOverAllNumbersIsDrawn() {
    let axis = Axis("", scale: .log)
    let range = axis.fitted(to: [1e-300, 1e300])
    #expect(abs(axis.position(1, in: range) - 0.5) < 1e-9)
    #expect(abs(Foundation.log10(axis.value(at: 0.5, in: range))) < 1e-6)
    let labels = axis.ticks(in: range, target: 5).filter { !$0.isMinor }.map(\.label)
    #expect(labels == ["1e-246", "1e-123", "1", "1e+123", "1e+246"])
  }

  @Test func theLeastNumbersAreWritten() {
    #expect(Axis.text(.leastNonzeroMagnitude).hasSuffix("e-324"))
    #expect(Axis.text(1e-300 / 1e10) == "1e-310")
  }

  @Test func stepsAreRound() {
    #expect(labels(0, 1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(-4, 4, target: 5) == ["−4", "−2", "0", "2", "4"])
    #expect(labels(0.981, 0.984, target: 4) == ["0.981", "0.982", "0.983", "0.984"])
  }

  @Test func bigAndSmallNumbersTakePowersOfTen() {
    #expect(labels(0, 2e6, target: 4) == ["0", "5e+05", "1e+06", "1.5e+06", "2e+06"])
    #expect(labels(0, 3e-5, target: 3) == ["0", "1e-05", "2e-05", "3e-05"])
  }

  @Test func decadesHaveLabels() {
    #expect(labels(0.9e-3, 1.1, .log) == ["0.001", "0.01", "0.1", "1"])
    #expect(labels(0.9e-8, 1.1e-5, .log) == ["1e-08", "1e-07", "1e-06", "1e-05"])
  }

  @Test func manyDecadesAreThinnedOut() {
    #expect(labels(1e-30, 1, .log).count <= 8)
  }

  @Test func lessThanADecadeHasTicksToo() {
    #expect(labels(0.2, 0.9, .log).count >= 2)
  }

  @Test func textIsShort() {
    #expect(Axis.text(0.1) == "0.1")
    #expect(Axis.text(1e-4) == "0.0001")
    #expect(Axis.text(1e-5) == "1e-05")
    #expect(Axis.texts([0, 1e-5, 1e-3]) == ["0", "1e-05", "1e-03"])
    #expect(Axis.text(-2500) == "−2500")
    #expect(Axis.text(.nan) == "NaN")
    #expect(Axis.text(0) == "0")
    #expect(Axis.text(123456) == "123456")
  }

  /// All marks as text, minor ones without a label.
  private func marks(
    _ low: Double, _ high: Double, _ scale: Axis.Scale = .linear, target: Int, isWhole: Bool = false
  ) -> [String] {
    var axis = Axis("", scale: scale)
    axis.isWhole = isWhole
    return axis.ticks(in: low...high, target: target).map {
      String(format: "%g", $0.value == 0 ? 0 : $0.value) + ($0.isMinor ? "" : "=\($0.label)")
    }
  }

  @Test func everyMarkOfAFewDecadesIsInItsPlace() {
    // Two decades with room: 1, 2 and 5 are labelled.
    #expect(
      marks(0.9, 21, .log, target: 6) == [
        "0.9", "1=1", "2=2", "3", "4", "5=5", "6", "7", "8", "9", "10=10", "20=20",
      ])
    // Without room for five labels the powers alone.
    #expect(
      marks(0.9, 21, .log, target: 4) == [
        "0.9", "1=1", "2", "3", "4", "5", "6", "7", "8", "9", "10=10", "20",
      ])
    // Three powers are shown: the powers alone, whatever the room.
    #expect(
      marks(1, 100, .log, target: 6).filter { $0.contains("=") } == ["1=1", "10=10", "100=100"])
    #expect(
      marks(1e-6, 3e-5, .log, target: 6) == [
        "1e-06=1e-06", "2e-06=2e-06", "3e-06", "4e-06", "5e-06=5e-06", "6e-06", "7e-06", "8e-06",
        "9e-06", "1e-05=1e-05", "2e-05=2e-05", "3e-05",
      ])
  }

  @Test func manyDecadesAreMarkedEveryFewPowers() {
    // 31 powers for five labels: every seventh of 0; no marks between them.
    let all = marks(1e-30, 1, .log, target: 5)
    #expect(all.count == 31)
    #expect(
      all.filter { $0.contains("=") } == [
        "1e-28=1e-28", "1e-21=1e-21", "1e-14=1e-14", "1e-07=1e-07", "1=1",
      ])
  }

  @Test func plainNumbersReachFromTenThousandthsToTenThousands() {
    #expect(labels(1e-4, 1e4, .log, target: 9).first == "0.0001")
    #expect(labels(1e-4, 1e5, .log, target: 10).first == "1e-04")
    #expect(labels(1e-5, 1, .log, target: 9).first == "1e-05")
  }

  @Test func shortLogarithmicAxesHaveRoundNumbers() {
    // From 0.2 to 0.9 at most four: steps of 0.2 lie nearest.
    #expect(marks(0.2, 0.9, .log, target: 6) == ["0.2=0.2", "0.4=0.4", "0.6=0.6", "0.8=0.8"])
  }

  /// A range, how many marks are asked for, and the labels.
  typealias Round = (low: Double, high: Double, target: Int, expected: [String])

  /// 1, 2 or 5 times a power of ten, whose number of steps is nearest to what is asked for.
  static let round: [Round] = [
    (0.0, 10.0, 5, ["0", "2", "4", "6", "8", "10"]), (0, 9, 3, ["0", "2", "4", "6", "8"]),
    (-1, 1, 4, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]), (0.5, 3.5, 3, ["1", "2", "3"]),
    (12, 47, 4, ["20", "30", "40"]), (0, 0.004, 4, ["0.000", "0.001", "0.002", "0.003", "0.004"]),
    (999_000, 1_001_000, 2, ["9.99e+05", "1e+06", "1.001e+06"]),
    (-3e-4, 3e-4, 3, ["−2e-04", "0", "2e-04"]),
  ]

  @Test(arguments: round)
  func linearMarksAreRound(_ round: Round) {
    #expect(labels(round.low, round.high, target: round.target) == round.expected)
  }

  @Test func wholeNumbersHaveNoMarksBetween() {
    #expect(marks(0, 3, target: 6, isWhole: true) == ["0=0", "1=1", "2=2", "3=3"])
    #expect(marks(0, 3, target: 6).count == 7)
  }

  @Test func ownMarksStandWhereTheyAreShown() {
    let axis = Axis("", tickValues: [0.5, 1, 2.5, 4])
    #expect(axis.ticks(in: 1...3, target: 2) == [Tick(1, "1"), Tick(2.5, "2.5")])
    let small = Axis("", tickValues: [1e-5, 1])
    #expect(small.ticks(in: 0...1, target: 2).map(\.label) == ["1e-05", "1"])
    let names = Axis("", scale: .categories(["a", "b", "c"]))
    #expect(names.ticks(in: 0.5...2.5, target: 9) == [Tick(1, "b"), Tick(2, "c")])
  }

  static let written: [(Double, String)] = [
    (1e6, "1e+06"), (999_999, "999999"), (2.5e6, "2.5e+06"), (-1e7, "−1e+07"),
    (0.000_099, "0.000099"),
    (0.000_098, "9.8e-05"), (1.0 / 3, "0.333333"), (2e3 / 3, "666.667"), (-0.5, "−0.5"),
    (9.999_999_99e7, "1e+08"), (.infinity, "∞"), (-.infinity, "−∞"), (1_234.5, "1234.5"),
    (-0.0, "0"), (1.234_567_89e-12, "1.23457e-12"),
  ]

  @Test(arguments: written)
  func numbersAreWrittenAsPeopleWriteThem(value: Double, text: String) {
    #expect(Axis.text(value) == text)
  }
}

/// Vigna's SplitMix64: the same numbers in every run of the tests.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
