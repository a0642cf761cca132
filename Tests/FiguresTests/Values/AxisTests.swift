import Figures
import Testing

@Suite struct AxisTests {
  @Test func aFlatCurveGetsRoomOnBothSides() {
    let range = Axis("loss").fitted(to: [0.5, 0.5, 0.5])
    #expect(range.lowerBound < 0.5 && range.upperBound > 0.5)
  }

  @Test func zerosGetARange() {
    #expect(Axis("loss").fitted(to: [0]) == -0.5...0.5)
  }

  @Test func nothingFiniteStillHasARange() {
    #expect(Axis("loss").fitted(to: [.nan, .infinity]) == 0...1)
    #expect(Axis("loss", scale: .log).fitted(to: [0, -1, .nan]) == 1...10)
  }

  @Test func logarithmicAxesShowOnlyWhatIsPositive() {
    let axis = Axis("lr", scale: .log)
    let range = axis.fitted(to: [0, -3, 1e-4, 1e-1])
    #expect(range.lowerBound > 5e-5 && range.lowerBound < 1e-4)
    #expect(!axis.shows(0) && !axis.shows(-1) && axis.shows(1e-300))
    #expect(abs(axis.position(1e-2, in: 1e-4...1) - 0.5) < 1e-12)
  }

  @Test func hugeValuesDoNotOverflow() {
    let range = Axis("loss").fitted(to: [-1e308, 1e308])
    #expect(range.lowerBound.isFinite && range.upperBound.isFinite)
    #expect((range.upperBound - range.lowerBound).isFinite)
  }

  @Test func namesStandAtWholeNumbers() {
    let axis = Axis("model", scale: .categories(["a", "b", "c"]))
    #expect(axis.fitted(to: []) == -0.5...2.5)
    #expect(axis.ticks(in: -0.5...2.5, target: 2).map(\.label) == ["a", "b", "c"])
  }

  @Test func unitsStandInBrackets() {
    #expect(Axis("duration", unit: "s").label == "duration (s)")
    #expect(Axis("", unit: "s").label == "s")
  }
}

@Suite struct TicksTests {
  private func labels(_ low: Double, _ high: Double, _ scale: Axis.Scale = .linear, target: Int = 6)
    -> [String]
  {
    Axis("", scale: scale).ticks(in: low...high, target: target).filter { !$0.isMinor }
      .map(\.label)
  }

  @Test func stepsAreRound() {
    #expect(labels(0, 1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(-4, 4, target: 5) == ["−4", "−2", "0", "2", "4"])
    #expect(labels(0.981, 0.984, target: 4) == ["0.981", "0.982", "0.983", "0.984"])
  }

  @Test func bigAndSmallNumbersTakePowersOfTen() {
    #expect(labels(0, 2e6, target: 4) == ["0", "5·10⁵", "10⁶", "1.5·10⁶", "2·10⁶"])
    #expect(labels(0, 3e-5, target: 3) == ["0", "10⁻⁵", "2·10⁻⁵", "3·10⁻⁵"])
  }

  @Test func decadesHaveLabels() {
    #expect(labels(0.9e-3, 1.1, .log) == ["0.001", "0.01", "0.1", "1"])
    #expect(labels(0.9e-8, 1.1e-5, .log) == ["10⁻⁸", "10⁻⁷", "10⁻⁶", "10⁻⁵"])
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
    #expect(Axis.text(1e-5) == "10⁻⁵")
    #expect(Axis.texts([0, 1e-5, 1e-3]) == ["0", "10⁻⁵", "10⁻³"])
    #expect(Axis.text(-2500) == "−2500")
    #expect(Axis.text(.nan) == "NaN")
    #expect(Axis.text(0) == "0")
    #expect(Axis.text(123456) == "123456")
  }
}
