import Figures
import Testing
import Tracking

@Suite struct FinalFigureTests {
  private func value(
    _ x: ParameterValue, _ value: Double?, group: String = "", configuration: String? = nil,
    diverged: Bool = false
  ) -> SweepValue {
    SweepValue(
      x: x, group: group, configuration: configuration ?? "\(group) \(x.display)", value: value,
      hasDiverged: diverged)
  }

  private func figure(_ values: [SweepValue]) -> Figure {
    Figure.final(values, options: SweepOptions(metric: .valLoss, xName: "lr"))
  }

  private func points(_ figure: Figure) -> [Points] {
    figure.panels.joined().first?.layers.compactMap {
      if case .points(let points) = $0 { points } else { nil }
    } ?? []
  }

  private func scale(_ figure: Figure) -> Axis.Scale? { figure.panels.first?.first?.x.scale }

  @Test func seedsBecomeAMeanAndADeviation() throws {
    let figure = self.figure([value(.number(1), 1), value(.number(1), 2), value(.number(1), 3)])
    let points = try #require(self.points(figure).first)
    #expect(points.xs == [1] && points.ys == [2] && points.deviations == [1])
    #expect(figure.subtitle == "mean ± one deviation over 3 seeds")
  }

  @Test func numbersStandInTheirOrder() {
    let figure = self.figure([
      value(.number(0.1), 3), value(.number(0.01), 2), value(.integer(1), 4),
    ])
    #expect(points(figure).first?.xs == [0.01, 0.1, 1])
    #expect(scale(figure) == .log)
  }

  @Test func evenlySpacedNumbersStandOnALinearAxis() {
    #expect(scale(figure((1...20).map { value(.integer($0), 1) })) == .linear)
    #expect(scale(figure([16, 32, 64, 128].map { value(.integer($0), 1) })) == .log)
  }

  @Test func aZeroAmongPowersOfTenMakesPlacesOfEqualWidth() {
    let figure = self.figure([0, 1e-4, 1e-3, 1e-2].map { value(.number($0), 1) })
    #expect(scale(figure) == .categories(["0", "0.0001", "0.001", "0.01"]))
  }

  @Test func wordsAreNames() {
    let figure = self.figure([
      value(.text("sgd"), 1), value(.text("adam"), 2), value(.integer(3), 1),
    ])
    #expect(scale(figure) == .categories(["sgd", "adam", "3"]))
  }

  @Test func wholeAndRealNumbersOfOneValueAreOnePlace() {
    #expect(points(figure([value(.integer(1), 1), value(.number(1), 3)])).first?.ys == [2])
  }

  @Test func divergedRunsAreCrossesAndInNoMean() throws {
    let figure = self.figure([
      value(.number(1), 1), value(.number(1), 1e30, diverged: true), value(.number(2), 3),
    ])
    #expect(points(figure).first?.ys == [1, 3])
    let cross = try #require(points(figure).last)
    #expect(cross.stroke.marker == .cross && cross.xs == [1])
    #expect(figure.notes == ["1 of 3 runs diverged (crosses at the upper edge) and is in no mean."])
  }

  @Test func severalConfigurationsInOnePlaceAreSaid() {
    let figure = self.figure([
      value(.number(1), 1, configuration: "a"), value(.number(1), 2, configuration: "b"),
    ])
    #expect(figure.subtitle == "mean ± one deviation over 2 runs")
    #expect(
      figure.notes == ["A point is the mean over several configurations that share its place."])
  }

  @Test func eachGroupHasALine() {
    let figure = self.figure([
      value(.number(1), 1, group: "a"), value(.number(2), 1, group: "a"),
      value(.number(1), 1, group: "b"), value(.number(2), 1, group: "b"),
    ])
    #expect(figure.legend.map(\.label) == ["a", "b"])
    #expect(points(figure).map(\.stroke.marker) == [.disc, .square])
  }

  @Test func nothingIsAFigureToo() {
    #expect(figure([]).panels.joined().count == 1)
    #expect(figure([value(.number(1), nil)]).notes == ["1 run without a value left out."])
  }
}

@Suite struct HeatMapFigureTests {
  private func value(
    _ x: ParameterValue, _ y: ParameterValue, _ value: Double?, diverged: Bool = false
  ) -> SweepValue {
    SweepValue(
      x: x, y: y, configuration: "\(x.display) \(y.display)", value: value, hasDiverged: diverged)
  }

  private func rows(_ values: [SweepValue]) -> [[HeatMap.Cell]] {
    var options = SweepOptions(metric: .valLoss, xName: "lr")
    options.yName = "model"
    for case .heatMap(let map) in Figure.heatMap(values, options: options).panels[0][0].layers {
      return map.rows
    }
    return []
  }

  @Test func cellsHoldTheMeanOverTheirRuns() {
    let rows = self.rows([
      value(.number(0.1), .text("a"), 1), value(.number(0.1), .text("a"), 2),
      value(.number(0.01), .text("a"), 4), value(.number(0.1), .text("b"), 8),
    ])
    // Names come from above, numbers from the left; a cell without runs stays empty.
    #expect(rows.map { $0.map(\.text) } == [["", "8.00"], ["4.00", "1.50"]])
  }

  @Test func textStandsOutFromItsCell() {
    let rows = self.rows((0..<9).map { value(.integer($0), .integer(0), Double($0) + 1) })
    for cell in rows.joined() {
      let text = cell.color.readableText
      let bright = max(cell.color.luminance, text.luminance) + 0.05
      #expect(bright / (min(cell.color.luminance, text.luminance) + 0.05) > 4)
    }
  }

  @Test func divergedCellsAreHatchedAndSaid() {
    let rows = self.rows([
      value(.integer(1), .integer(1), .nan, diverged: true),
      value(.integer(2), .integer(1), 3), value(.integer(2), .integer(1), 9e9, diverged: true),
    ])
    #expect(rows[0][0].isHatched && rows[0][0].text == "diverged")
    #expect(!rows[0][1].isHatched && rows[0][1].text == "3.00 (1 of 2)")
  }

  @Test func valuesFarApartHaveThreeDigitsEach() {
    let rows = self.rows([
      value(.integer(1), .integer(1), 12345), value(.integer(2), .integer(1), 0.0012345),
    ])
    #expect(rows[0].map(\.text) == ["12300", "0.00123"])
  }
}
