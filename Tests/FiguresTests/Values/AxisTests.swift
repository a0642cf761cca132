import Drawing
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

  private func near(_ range: ClosedRange<Double>, _ low: Double, _ high: Double) -> Bool {
    abs(range.lowerBound - low) <= 1e-12 * abs(low) + 1e-15
      && abs(range.upperBound - high) <= 1e-12 * abs(high) + 1e-15
  }

  @Test func roomIsAShareOfTheWidth() {
    // 4 % of 10 on both sides; by ratios 100^0.04 = 10^0.08. The tolerance is a few roundings.
    #expect(near(Axis("").fitted(to: [5, -5, .nan, 2]), -5.4, 5.4))
    #expect(near(Axis("").fitted(to: [0, 10], room: 0.1), -1, 11))
    let factor = 1.202_264_434_617_413  // 10^0.08
    #expect(near(Axis("", scale: .log).fitted(to: [1, 100]), 1 / factor, 100 * factor))
    #expect(near(Axis("", scale: .log).fitted(to: [3]), 1.5, 6))
    #expect(near(Axis("").fitted(to: [-20, -20]), -22, -18))
    #expect(near(Axis("").fitted(to: [1, 1 + 1e-10]), 0.9 - 1e-11, 1.1 + 1.1e-10))
  }

  @Test func oneWholeNumberHasItsNeighbours() {
    var axis = Axis("epoch")
    axis.isWhole = true
    #expect(axis.fitted(to: [7]) == 6...8)
    #expect(near(axis.fitted(to: [0, 10]), -0.4, 10.4))
  }

  @Test func anOwnRangeCounts() {
    #expect(Axis("", range: 2...3).fitted(to: [0, 100]) == 2...3)
    #expect(Axis("", range: 2...2).fitted(to: [0, 100], room: 0) == 0...100)
    #expect(Axis("", scale: .categories([])).fitted(to: []) == -0.5...0.5)
  }

  @Test func placesAndValuesAreInverse() {
    let linear = Axis("")
    let log = Axis("", scale: .log)
    #expect(linear.position(3, in: 1...5) == 0.5 && linear.value(at: 0.25, in: 1...5) == 2)
    #expect(abs(log.position(10, in: 1...1000) - 1.0 / 3) < 1e-15)
    #expect(abs(log.value(at: 2.0 / 3, in: 1...1000) - 100) < 1e-11)
    #expect(linear.position(9, in: 9...9) == 0.5)
    #expect(log.position(1, in: -1...3) == 0.5)
  }

  @Test func panelsShowWhatTheirLayersNeed() {
    let stroke = Stroke(color: .black)
    let layers: [(Layer, [Double], [Double])] = [
      (.line(Line(xs: [1, 2], ys: [3, 4], stroke: stroke)), [1, 2], [3, 4]),
      (
        .band(Band(xs: [1, 2], lower: [3, 4], upper: [5, .nan], color: .black)), [1],
        [3, 4, 5, .nan]
      ),
      (
        .points(
          Points(
            xs: [1, 2], ys: [5, 7], bars: Points.Bars(lower: [4, 4], upper: [6, 10]), stroke: stroke
          )), [1, 2],
        [5, 7, 4, 4, 6, 10]
      ),
      (.points(Points(xs: [1], ys: [5], stroke: stroke)), [1], [5]),
      (.colored(ColoredPoints(xs: [8], ys: [9], colors: [.black])), [8], [9]),
      (
        .heatMap(HeatMap(rows: [Array(repeating: .init(color: .black, text: ""), count: 3)])),
        [-0.5, 2.5], [-0.5, 0.5]
      ),
      (
        .regions(
          Regions(xRange: 1...2, yRange: 3...4, width: 1, height: 1, colors: [.black])), [1, 2],
        [3, 4]
      ),
      (.note(Note("", x: 1, y: 2, color: .black)), [1], [2]),
      (.rule(Rule(.x(6), stroke: stroke)), [6], []), (.rule(Rule(.y(7), stroke: stroke)), [], [7]),
    ]
    for (layer, xs, ys) in layers {
      let panel = Panel(x: Axis(""), y: Axis(""), layers: [layer])
      #expect(panel.xValues == xs)
      #expect("\(panel.yValues)" == "\(ys)")
    }
  }

  @Test func whatHasNoPlaceOnTheOtherAxisNeedsNoRoom() {
    let line = Line(xs: [1, 2, 9], ys: [1, 2, -1], stroke: Stroke(color: .black))
    let panel = Panel(x: Axis(""), y: Axis("", scale: .log), layers: [.line(line)])
    #expect(panel.xValues == [1, 2])
  }

  @Test func picturesFillTheirPanelToTheEdge() {
    let regions = Regions(xRange: 1...3, yRange: 4...5, width: 1, height: 1, colors: [.black])
    let filled = Panel(x: Axis(""), y: Axis(""), layers: [.regions(regions)]).ranges
    #expect(filled.x == 1...3 && filled.y == 4...5)
    let line = Line(xs: [1, 3], ys: [4, 5], stroke: Stroke(color: .black))
    let roomy = Panel(x: Axis(""), y: Axis(""), layers: [.line(line)]).ranges
    #expect(near(roomy.x, 0.92, 3.08) && near(roomy.y, 3.96, 5.04))
  }
}
