import Figures
import Testing
import Tracking

@Suite struct CurvesFigureTests {
  private func curve(
    _ configuration: String, _ group: String, seed: Int, _ metric: Metric = .valLoss,
    diverged: Bool = false, steps: [Int]? = nil, ys: [Double]
  ) -> CurveSeries {
    let steps = steps ?? Array(ys.indices)
    return CurveSeries(
      configuration: configuration, group: group, seed: seed, hasDiverged: diverged,
      metric: metric, steps: steps, xs: steps.map(Double.init), ys: ys)
  }

  private func lines(_ figure: Figure, panel: Int = 0) -> [Line] {
    figure.panels.joined().dropFirst(panel).first?.layers.compactMap {
      if case .line(let line) = $0 { line } else { nil }
    } ?? []
  }

  private func bands(_ figure: Figure) -> [Band] {
    figure.panels.joined().first?.layers.compactMap {
      if case .band(let band) = $0 { band } else { nil }
    } ?? []
  }

  @Test func seedsBecomeAMeanAndABandOfOneSampleDeviation() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: [1, 2]), curve("a", "a", seed: 2, ys: [2, 4]),
      curve("a", "a", seed: 3, ys: [3, 6]),
    ])
    #expect(lines(figure).map(\.ys) == [[2, 4]])
    #expect(bands(figure).map(\.lower) == [[1, 2]])
    #expect(bands(figure).map(\.upper) == [[3, 6]])
    #expect(figure.subtitle == "mean ± one deviation over 3 seeds")
  }

  @Test func smoothingIsAnAverageThatBeginsAtTheFirstValue() throws {
    var options = CurvesOptions()
    options.smoothing = 0.5
    let figure = Figure.curves([curve("a", "a", seed: 1, ys: [1, 3, .nan, 3])], options: options)
    // By hand: 0.5 / 0.5; (0.25 + 1.5) / 0.75; (0.125 + 0.75 + 1.5) / 0.875.
    let smooth = try #require(lines(figure).last).ys
    #expect(smooth[0] == 1 && abs(smooth[1] - 1.75 / 0.75) < 1e-12 && smooth[2].isNaN)
    #expect(abs(smooth[3] - 2.375 / 0.875) < 1e-12)
    #expect(lines(figure).first?.ys.prefix(2) == [1, 3])
    #expect(figure.notes.contains { $0.contains("s(t) = 0.5 s(t - 1) + 0.5 y(t)") })
  }

  @Test func rowsAndColumnsPartThePanels() {
    var curves: [CurveSeries] = []
    for row in ["model = a", "model = b"] {
      for column in ["lr = 1", "lr = 2", "lr = 3"] {
        var one = curve(row + column, "", seed: 1, ys: [1, row == "model = a" ? 2 : 5])
        one.row = row
        one.column = column
        curves.append(one)
      }
    }
    let figure = Figure.curves(curves)
    #expect(figure.panels.map(\.count) == [3, 3])
    #expect(figure.panels[1][2].title == "model = b, lr = 3")
    #expect(Set(figure.panels.joined().map(\.y.range)).count == 1)
    #expect(figure.panels.joined().allSatisfy { $0.layers.count == 1 })
  }

  @Test func aPeakOfAHundredLongCurvesIsKept() {
    let curves = (0..<100).map { run in
      let ys = (0..<10_000).map { $0 == 5_000 + run ? 9.0 : 1.0 }
      return curve("c\(run)", "c\(run)", seed: 1, ys: ys)
    }
    let drawn = lines(Figure.curves(curves))
    #expect(drawn.count == 100 && drawn.allSatisfy { $0.ys.max() == 9 && $0.ys.count < 1_000 })
  }

  @Test func oneSeedHasNoBand() {
    let figure = Figure.curves([curve("a", "a", seed: 1, ys: [1, 2])])
    #expect(lines(figure).map(\.ys) == [[1, 2]])
    #expect(bands(figure).isEmpty && figure.subtitle.isEmpty)
  }

  @Test func aMeanIsDrawnWhereAllSeedsHaveAValue() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, steps: [0, 10, 20], ys: [1, 2, 3]),
      curve("a", "a", seed: 2, steps: [0, 20, 30], ys: [3, 5, 7]),
    ])
    let line = lines(figure)[0]
    #expect(line.xs == [0, 10, 20])
    #expect(line.ys[0] == 2 && line.ys[1].isNaN && line.ys[2] == 4)
  }

  @Test func earlyStoppingEndsTheMean() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: [1, 2, 3, 4]), curve("a", "a", seed: 2, ys: [1, 2]),
    ])
    #expect(lines(figure).map(\.ys) == [[1, 2]])
  }

  @Test func aGroupHasOneColourAndEachConfigurationALine() {
    let figure = Figure.curves([
      curve("a1", "a", seed: 1, ys: [1]), curve("a2", "a", seed: 1, ys: [2]),
      curve("b1", "b", seed: 1, ys: [3]),
    ])
    let colors = lines(figure).map(\.stroke.color)
    #expect(colors.count == 3 && colors[0] == colors[1] && colors[1] != colors[2])
    #expect(figure.legend.map(\.label) == ["a", "b"])
  }

  @Test func metricsOfOneQuantityShareAPanel() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, .trainLoss, ys: [1, 2]),
      curve("a", "a", seed: 1, .valLoss, ys: [1, 2]),
      curve("a", "a", seed: 1, .valAccuracy, ys: [0, 1]),
    ])
    #expect(figure.panels.map { $0.map(\.y.label) } == [["loss", "val/accuracy (share of rows)"]])
    #expect(lines(figure).map(\.stroke.dash) == [.solid, .dashed])
    #expect(figure.legend.map(\.label) == ["a", "train", "val"])
  }

  @Test func numbersAreOrderedAndGoFromDarkToLight() {
    let figure = Figure.curves(
      [0.1, 0.001, 0.01].map { curve("\($0)", "\($0)", seed: 1, ys: [1, 2]) })
    #expect(figure.legend.map(\.label) == ["0.001", "0.01", "0.1"])
  }

  @Test func aDivergedRunDoesNotPressTheOthersFlat() throws {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: [1, 0.5, 0.2]),
      curve("b", "b", seed: 1, diverged: true, ys: [1, 1e20, .nan]),
    ])
    let panel = try #require(figure.panels.first?.first)
    #expect(panel.ranges.y.upperBound < 2)
    let crosses = panel.layers.compactMap { layer -> Points? in
      if case .points(let points) = layer { points } else { nil }
    }
    #expect(crosses.map(\.stroke.marker) == [.cross])
    #expect(figure.notes.first?.hasPrefix("1 of 2 runs diverged") == true)
  }

  @Test func nothingButNotANumberIsSaid() {
    let figure = Figure.curves([curve("a", "a", seed: 1, diverged: true, ys: [.nan, .nan])])
    #expect(figure.notes.contains("No value that all seeds have: a."))
    #expect(figure.panels.first?.first?.ranges.y == 0...1)
  }

  @Test func lossesOverTwoPowersOfTenAreLogarithmic() {
    let wide = Figure.curves([curve("a", "a", seed: 1, ys: [10, 1, 0.01])])
    #expect(wide.panels.first?.first?.y.scale == .log)
    let withZero = Figure.curves([curve("a", "a", seed: 1, ys: [10, 1, 0])])
    #expect(withZero.panels.first?.first?.y.scale == .linear)
    var options = CurvesOptions()
    options.logY = true
    let forced = Figure.curves([curve("a", "a", seed: 1, ys: [10, 1, 0])], options: options)
    #expect(forced.panels.first?.first?.y.scale == .log)
    #expect(forced.notes == ["Values of zero or less have no place on a logarithmic axis."])
  }

  @Test func longCurvesAreThinnedOutWithTheirPeaks() {
    var ys = [Double](repeating: 1, count: 10_000)
    ys[5000] = 9
    let line = lines(Figure.curves([curve("a", "a", seed: 1, ys: ys)]))[0]
    #expect(line.ys.count < 1100 && line.ys.contains(9))
  }

  @Test func noCurvesAreAFigureToo() {
    let figure = Figure.curves([])
    #expect(figure.panels.joined().count == 1)
  }
}
