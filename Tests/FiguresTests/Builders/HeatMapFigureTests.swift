import Drawing
import Figures
import Testing
import Tracking

@Suite struct HeatMapFigureTests {
  private func value(
    _ x: ParameterValue, _ y: ParameterValue, _ value: Double?, seed: Int = 0,
    diverged: Bool = false
  ) -> SweepValue {
    SweepValue(x: x, y: y, seed: seed, value: value, hasDiverged: diverged)
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
      value(.number(0.1), .text("a"), 1), value(.number(0.1), .text("a"), 2, seed: 1),
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

  @Test func rowsHaveTheirOwnNames() {
    var options = SweepOptions(metric: .valAccuracy, xName: "lr")
    options.title = "T"
    options.yName = "model"
    options.isBest = true
    // Three columns, two rows, every value another; names come from above in the order of the file.
    let figure = Figure.heatMap(
      [
        value(.number(0.1), .text("wide"), 0.8), value(.number(0.001), .text("wide"), 0.5),
        value(.number(0.1), .text("wide"), 0.9, seed: 1), value(.number(0.01), .text("small"), 0.2),
        value(.number(0.001), .text("small"), 0.1, diverged: true),
        value(.number(0.01), .text("wide"), 0.6),
        value(.number(0.01), .text("wide"), 0.1, diverged: true),
      ], options: options)
    // Of 0.2 ... 0.85 the value 0.5 has the share 6/13, 0.6 the share 8/13.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'mean over 1 to 2 seeds'
        panel 0.0
          x 'lr' ["0.001", "0.01", "0.1"]
          y 'model' ["small", "wide"]
          colours [0.2 0.85] 'best val/accuracy' [0.2 0.85]
          cells
            #d0d0d0/ 'diverged' #440154 '0.200' #ffffff ''
            #24878d '0.500' #27ac81 '0.600 (1 of 2)' #fde725 '0.850'
        note '2 of 7 runs diverged: cells without any other run are grey, others show the mean of \
        those that did not.'
        note 'Empty cells have no runs.'
        """)
  }

  @Test func numbersRiseUpwards() {
    var options = SweepOptions(metric: .valLoss, xName: "lr")
    options.yName = "batch_size"
    let figure = Figure.heatMap(
      [
        value(.integer(1), .integer(64), 100), value(.integer(2), .integer(8), 1),
        value(.integer(2), .integer(64), 10), value(.integer(1), .integer(8), 2),
        value(.integer(1), .integer(16), nil),
      ], options: options)
    // 1 to 100: more than fifty times, so that the colours go by powers of ten; 10 is in the middle.
    #expect(
      FigureText(figure).text
        == """
        figure ''
        panel 0.0
          x 'lr' ["1", "2"]
          y 'batch_size' ["8", "16", "64"]
          colours reversed [1 100] 'val/loss (lighter: less)' log [1 100]
          cells
            #9dd83a '2' #fde725 '1'
            #d0d0d0/ 'no value' #ffffff ''
            #440154 '100' #21918c '10'
        note 'Empty cells have no runs.'
        """)
  }

  @Test func coloursGoByPowersOfTenFromFiftyTimesOn() {
    func scale(_ metric: Metric, _ values: [Double], log: Bool? = nil) -> Axis.Scale? {
      var options = SweepOptions(metric: metric, xName: "k")
      options.logY = log
      return Figure.heatMap(
        values.enumerated().map { value(.integer($0.offset), .integer(0), $0.element) },
        options: options
      ).panels[0][0].colorScale?.axis.scale
    }
    #expect(scale(.valLoss, [1, 50]) == .log && scale(.valLoss, [1, 49]) == .linear)
    #expect(scale(.valAccuracy, [0.01, 1]) == .linear && scale(.valLoss, [0, 50]) == .linear)
    #expect(scale(.valLoss, [1, 2], log: true) == .log)
    #expect(scale(.valLoss, [1, 500], log: false) == .linear)
    #expect(scale(.valLoss, [0, 500], log: true) == .linear)
  }

  @Test(arguments: [
    ([0.5, 0.25], ["0.500", "0.250"]), ([12.0, 3.25], ["12.0", "3.2"]),
    ([123.0, 45.6], ["123", "46"]), ([0.0123, 0.0456], ["0.0123", "0.0456"]),
    ([0.005, 0.5], ["0.005", "0.5"]), ([0.0051, 0.5], ["0.005", "0.500"]),
  ])
  func numbersHaveThreeDigits(values: [Double], texts: [String]) {
    let rows = self.rows(
      values.enumerated().map { value(.integer($0.offset), .integer(0), $0.element) })
    #expect(rows[0].map(\.text) == texts)
  }

  /// Seed 1 has 1 and 3, seed 2 has 6: the means 2 and 6 give 4, and two values count.
  @Test func aCellIsTheMeanOverSeeds() {
    var options = SweepOptions(metric: .valLoss, xName: "lr")
    options.yName = "model"
    options.notes = ["Pooled."]
    let figure = Figure.heatMap(
      [(1, 1.0), (1, 3.0), (2, 6.0)].map {
        SweepValue(x: .integer(1), y: .integer(1), seed: $0.0, value: $0.1)
      }, options: options)
    #expect(figure.subtitle == "mean over 2 seeds")
    #expect(figure.notes == ["Pooled."])
    for case .heatMap(let map) in figure.panels[0][0].layers {
      #expect(map.rows[0][0].text == "4.00")
    }
  }
}
