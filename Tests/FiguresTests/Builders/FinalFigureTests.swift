import Drawing
import Figures
import Languages
import Testing
import Tracking

@Suite struct FinalFigureTests {
  private func value(
    _ x: ParameterValue, _ value: Double?, group: String = "", seed: Int = 0,
    diverged: Bool = false
  ) -> SweepValue {
    SweepValue(x: x, group: group, seed: seed, value: value, hasDiverged: diverged)
  }

  /// The values with a seed each.
  private func seeded(_ values: [SweepValue]) -> [SweepValue] {
    values.enumerated().map { seed, value in
      var value = value
      value.seed = seed
      return value
    }
  }

  private func figure(_ values: [SweepValue]) -> Figure {
    Figure.final(seeded(values), options: SweepOptions(metric: .valLoss, xName: "lr"))
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
    #expect(points.xs == [1] && points.ys == [2])
    #expect(points.bars?.lower == [1] && points.bars?.upper == [3])
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

  /// Seed 1 has 1 and 3, seed 2 has 4 alone: means 2 and 4, whose mean is 3 with a deviation of √2.
  @Test func aSeedWithSeveralValuesStandsForTheirMean() throws {
    var options = SweepOptions(metric: .valLoss, xName: "lr")
    options.notes = ["Pooled."]
    options.seeds = .nounDataSeed
    let figure = Figure.final(
      [
        value(.number(1), 1, seed: 1),
        value(.number(1), 3, seed: 1),
        value(.number(1), 4, seed: 2),
        value(.number(1), 9, seed: 2, diverged: true),
      ], options: options)
    let points = try #require(self.points(figure).first)
    #expect(points.ys == [3])
    #expect(abs((points.bars?.upper.first ?? 0) - 3 - 2.0.squareRoot()) < 1e-12)
    #expect(figure.subtitle == "mean ± one deviation over 2 data seeds")
    #expect(figure.notes.first == "Pooled.")
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

  @Test func aFigureOfGroupsSeedsAndDivergedRunsIsPinned() {
    var options = SweepOptions(metric: .valAccuracy, xName: "lr")
    options.title = "T"
    options.heading = "model"
    options.isBest = true
    let figure = Figure.final(
      seeded([
        value(.number(0.1), 0.5, group: "wide"), value(.number(0.001), 0.25, group: "wide"),
        value(.number(0.1), 0.75, group: "wide"), value(.number(0.01), 0.9, group: "small"),
        value(.number(0.001), 0.5, group: "wide"), value(.number(0.001), 0.75, group: "wide"),
        value(.number(0.1), nil, group: "wide"),
        value(.number(0.1), 0.1, group: "wide", diverged: true),
        value(.number(0.1), 0.1, group: "small", diverged: true),
        value(.number(0.01), 0.7, group: "small"),
      ]), options: options)
    // wide at 0.001: 0.25, 0.5, 0.75: mean 0.5, deviation 0.25; at 0.1: 0.5, 0.75: mean 0.625,
    // deviation 0.25/√2 = 0.176777. small at 0.01 alone: 0.8 ± 0.2/√2 = 0.141421 as a bar.
    // What is drawn reaches from 0.25 to 0.941421, 4 % more: 0.222343 to 0.969078; a second cross at
    // one place stands 4 % lower: 0.969078 - 0.04 · 0.746735 = 0.939209.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'mean ± one deviation over 2 to 3 seeds'
        panel 0.0 grid
          x 'lr' log ticks 0.001 0.01 0.1
          y 'best val/accuracy' (share of rows) [0.222343 0.969078]
          band #0072b2 o0.15: 0.001,0.25..0.75 0.1,0.448223..0.801777
          line #0072b2: 0.001,0.5 0.1,0.625
          points #0072b2 s1.5: 0.001,0.5 0.1,0.625
          line #e69f00 square: 0.01,0.8
          points #e69f00 square s1.5: 0.01,0.8 ± 0.141421
          points #0072b2 cross s1.8: 0.1,0.969078
          points #e69f00 cross s1.8: 0.1,0.939209
        legend 'model' heading
        legend 'wide' line and marker #0072b2
        legend 'small' line and marker #e69f00 square
        note '2 of 10 runs diverged (crosses at the upper edge) and are in no mean.'
        note '1 run without a value left out.'
        """)
  }

  @Test func namesStandSideBySideWithBars() {
    var options = SweepOptions(metric: .valLoss, xName: "optimizer")
    options.heading = "model"
    let figure = Figure.final(
      seeded([
        value(.text("sgd"), 4, group: "a"), value(.text("adam"), 1, group: "a"),
        value(.text("sgd"), 2, group: "a"), value(.text("adam"), 8, group: "b"),
        value(.text("sgd"), 1, group: "b", diverged: true),
        value(.text("adam"), 0, group: "c", diverged: true),
      ]), options: options)
    // Three groups: shifts of -0.12, 0 and 0.12.
    #expect(
      FigureText(figure).text
        == """
        figure '' / 'mean ± one deviation over 1 to 2 seeds'
        panel 0.0 grid
          x 'optimizer' ["sgd", "adam"]
          y 'val/loss' [0.72 8.28]
          points #0072b2 s1.5: -0.12,3 0.88,1 ± 1.41421 nan
          points #e69f00 square s1.5: 1,8
          points #00795a triangle s1.5:\u{20}
          points #e69f00 cross s1.8: 0,8.28
          points #00795a cross s1.8: 1.12,8.28
        legend 'model' heading
        legend 'a' marker #0072b2
        legend 'b' marker #e69f00 square
        legend 'c (all diverged)' marker #00795a triangle
        note '2 of 6 runs diverged (crosses at the upper edge) and are in no mean.'
        """)
  }

  @Test func lossesOverTwoPowersOfTenAreLogarithmicAndAccuraciesAreNot() {
    func scale(_ metric: Metric, _ values: [Double]) -> Axis.Scale {
      let values = values.enumerated().map { value(.integer($0.offset), $0.element) }
      return Figure.final(values, options: SweepOptions(metric: metric, xName: "k"))
        .panels[0][0].y.scale
    }
    #expect(scale(.valLoss, [0.01, 1]) == .log && scale(.valLoss, [0.0101, 1]) == .linear)
    #expect(scale(.valLoss, [0, 1]) == .linear && scale(.valAccuracy, [0.001, 1]) == .linear)
  }

  @Test func theFileDecidesOnAxes() {
    var options = SweepOptions(metric: .valLoss, xName: "k")
    options.logX = true
    options.logY = true
    let values = [0, 1, 2].map { value(.integer($0), 1) }
    let panel = Figure.final(values, options: options).panels[0][0]
    #expect(panel.x.scale == .log && panel.y.scale == .log)
    #expect(
      Figure.final(values, options: options).notes
        == ["Values of k of zero or less have no place on this axis."])
    options.logX = false
    let powers = [1, 10, 100].map { value(.integer($0), 1) }
    #expect(Figure.final(powers, options: options).panels[0][0].x.scale == .linear)
  }

  @Test func placesAreMarkedWhereThereIsRoom() {
    func ticks(_ numbers: [Double]) -> [Double]? {
      figure(numbers.map { value(.number($0), 1) }).panels[0][0].x.tickValues
    }
    #expect(ticks([3, 1, 2]) == [1, 2, 3])
    #expect(ticks([1, 2, 3, 4, 5, 6, 7, 8]) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(ticks([1, 2, 3, 4, 5, 6, 7, 8, 9]) == nil)
    // 0.05 of the axis is too near.
    #expect(ticks([1, 1.05, 2]) == nil)
  }

  @Test(arguments: [
    ([1.0, 7.9], false), ([1, 8], false), ([1, 10], true), ([1, 9.9], false),
    ([1, 2, 4, 8], true), ([1, 2, 4, 7.9], false), ([1, 3, 5, 7, 9], false),
    ([1, 3, 10, 30], true), ([-1, 10, 100], false),
  ])
  func axesAreLogarithmicWhereRatiosAreMoreEven(numbers: [Double], isLog: Bool) {
    #expect((scale(figure(numbers.map { value(.number($0), 1) })) == .log) == isLog)
  }

  @Test func countsOfUnequalGroupsAreARange() {
    let figure = self.figure([
      value(.number(1), 1), value(.number(1), 2), value(.number(2), 3), value(.number(2), 4),
      value(.number(2), 5),
    ])
    #expect(figure.subtitle == "mean ± one deviation over 2 to 3 seeds")
  }

  /// What is grey lies behind what has a colour, or it would hide it.
  @Test func theRestLiesBehind() {
    let values = (0..<30).flatMap { index in
      [1.0, 2].map { x in
        SweepValue(
          x: .number(x), group: "net \(index)", seed: 1, value: Double(index), hasDiverged: false)
      }
    }
    let figure = Figure.final(values, options: SweepOptions(metric: .valLoss, xName: "k"))
    let colors: [Color] = figure.panels[0][0].layers.compactMap {
      if case .line(let line) = $0 { line.stroke.color } else { nil }
    }
    #expect(colors.count == 30)
    #expect(Set(colors.prefix(6)).count == 1)
    #expect(!colors.dropFirst(6).contains(colors[0]))
  }
}
