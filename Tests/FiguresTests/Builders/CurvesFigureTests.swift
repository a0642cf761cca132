import Drawing
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

  @Test func seedsMeetWhereTheirStepsAreEqual() throws {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, steps: [0, 1, 2], ys: [1, 2, 3]),
      curve("a", "a", seed: 2, steps: [0, 2, 3], ys: [5, 9, 60]),
    ])
    // Only steps 0 and 2 have both seeds; their means are 3 and 6.
    let mean = try #require(lines(figure).last)
    let points = zip(mean.xs, mean.ys).filter { $0.1.isFinite }
    #expect(points.map(\.0) == [0, 2] && points.map(\.1) == [3, 6])
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
    #expect(
      figure.notes == [
        "1 of 2 runs diverged (b: 1 of 1) and is left out of the means; of b all did: a cross ends "
          + "their line."
      ])
    #expect(figure.legend.map(\.label) == ["a", "b (all diverged)"])
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

  @Test func noCurvesAreAFigureToo() {
    let figure = Figure.curves([])
    #expect(figure.panels.joined().count == 1)
  }

  @Test func aFigureOfSeedsGroupsAndADivergedRunIsPinned() {
    var options = CurvesOptions()
    options.title = "T"
    options.heading = "model"
    options.axisName = "time"
    options.axisUnit = "s"
    options.isWhole = false
    // Of b one seed of three diverged and is left out: the others' mean is drawn. c has one run.
    let figure = Figure.curves(
      [
        curve("a", "a", seed: 1, steps: [0, 5, 10], ys: [4, 2, 1]),
        curve("b", "b", seed: 1, steps: [0, 5, 10], ys: [5, 3, 2]),
        curve("b", "b", seed: 2, diverged: true, steps: [0, 5, 10], ys: [5, 60, .nan]),
        curve("b", "b", seed: 3, steps: [0, 5, 10], ys: [2, 3, 4]),
        curve("a", "a", seed: 2, steps: [0, 5, 10], ys: [2, 3, 1]),
        curve("c", "c", seed: 1, steps: [0, 10], ys: [3, 3.5]),
      ], options: options)
    // a: means 3, 2.5, 1; deviations √2, 1/√2, 0. b, of seeds 1 and 3: means 3.5, 3, 3; deviations
    // 3/√2, 0, √2.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'mean ± one deviation over 1 to 2 seeds'
        panel 0.0 grid
          x 'time' (s)
          y 'val/loss'
          band #0072b2 o0.2: 0,1.58579..4.41421 5,1.79289..3.20711 10,1..1
          band #e69f00 o0.2: 0,1.37868..5.62132 5,3..3 10,1.58579..4.41421
          line #0072b2: 0,3 5,2.5 10,1
          line #e69f00 square: 0,3.5 5,3 10,3
          line #00795a triangle: 0,3 10,3.5
        legend 'model' heading
        legend 'a' line and band #0072b2
        legend 'b' line and band #e69f00 square
        legend 'c' line and band #00795a triangle
        note '1 of 6 runs diverged (model b: 1 of 3) and is left out of the means.'
        """)
  }

  /// A configuration whose seeds all diverged has their line: it ends at a cross where it leaves the panel,
  /// or at the upper edge where all of it is above; a group of such runs is said in the legend, even
  /// where they measured nothing.
  @Test func groupsWhoseRunsAllDivergedAreSaid() {
    var options = CurvesOptions()
    options.heading = "lr"
    let figure = Figure.curves(
      [
        curve("a", "a", seed: 1, ys: [1, 2]), curve("a", "a", seed: 2, ys: [1, 3]),
        curve("b", "b", seed: 1, diverged: true, ys: [2, 50]),
        curve("b", "b", seed: 2, diverged: true, ys: [2, 70]),
        curve("c", "c", seed: 1, diverged: true, ys: [40, .nan]),
        curve("d", "d", seed: 1, diverged: true, ys: [60, .nan]),
        curve("e", "e", seed: 1, diverged: true, ys: []),
      ], options: options)
    // The mean of a reaches from 1 to 2.5: the panel from 0.88 to 2.62. A second cross at the upper edge
    // stands 4 % of 1.74 lower: 2.5504.
    #expect(
      FigureText(figure).text
        == """
        figure '' / 'mean ± one deviation over 1 to 2 seeds'
        panel 0.0 grid
          x 'epoch' whole
          y 'val/loss' [0.88 2.62]
          band #0072b2 o0.2: 0,1..1 1,1.79289..3.20711
          line #0072b2: 0,1 1,2.5
          line #e69f00 square: 0,2
          points #e69f00 cross s1.8: 0,2
          line #00795a triangle:\u{20}
          points #00795a cross s1.8: 0,2.62
          line #56b4e9 diamond:\u{20}
          points #56b4e9 cross s1.8: 0,2.5504
          line #b84a00 circle:\u{20}
        legend 'lr' heading
        legend 'a' line and band #0072b2
        legend 'b (all diverged)' line and band #e69f00 square
        legend 'c (all diverged)' line and band #00795a triangle
        legend 'd (all diverged)' line and band #56b4e9 diamond
        legend 'e (all diverged)' line and band #b84a00 circle
        note '5 of 7 runs diverged (lr b: 2 of 2; lr c: 1 of 1; lr d: 1 of 1; lr e: 1 of 1) and are \
        left out of the means; of lr b; lr c; lr d; lr e all did: a cross ends their line.'
        note 'No value that all seeds have: e.'
        """)
  }

  /// Four lines of two colours: a dash each of the other key, with a legend; each metric has a panel.
  @Test func linesOfOneColourAreToldApart() {
    var options = CurvesOptions()
    options.heading = "model"
    options.details = ["lr"]
    func line(_ group: String, _ rate: String, _ metric: Metric, _ last: Double) -> CurveSeries {
      var one = curve(group + rate, group, seed: 1, metric, ys: [1, last])
      one.detail = rate
      return one
    }
    let figure = Figure.curves(
      [Metric.trainLoss, .valLoss].flatMap { metric in
        [
          line("a", "0.1", metric, 2), line("a", "0.01", metric, 3), line("b", "0.1", metric, 4),
          line("b", "0.01", metric, 5),
        ]
      }, options: options)
    #expect(
      FigureText(figure).text
        == """
        figure '' / 'a line is one configuration'
        panel 0.0 grid
          x 'epoch' whole
          y 'train/loss'
          line #0072b2 dashed: 0,1 1,2
          line #0072b2: 0,1 1,3
          line #e69f00 dashed square: 0,1 1,4
          line #e69f00 square: 0,1 1,5
        panel 0.1 grid
          x 'epoch' whole
          y 'val/loss'
          line #0072b2 dashed: 0,1 1,2
          line #0072b2: 0,1 1,3
          line #e69f00 dashed square: 0,1 1,4
          line #e69f00 square: 0,1 1,5
        legend 'model' heading
        legend 'a' line #0072b2
        legend 'b' line #e69f00 square
        legend 'lr' heading
        legend '0.01' line #595959
        legend '0.1' line #595959 dashed
        """)
  }

  /// Four dashes in three shades are twelve; of more, and where dashes tell groups apart, it is said.
  @Test func whatCannotBeToldApartIsSaid() {
    func figure(_ groups: Int, _ details: Int) -> Figure {
      var options = CurvesOptions()
      options.details = ["lr", "l1"]
      return Figure.curves(
        (0..<groups).flatMap { group in
          (0..<details).map { detail in
            var one = curve("\(group) \(detail)", "g\(group)", seed: 1, ys: [1, 2])
            one.detail = "d\(detail)"
            return one
          }
        }, options: options)
    }
    let told = figure(2, 12)
    for group in 0..<2 {
      let strokes = lines(told)[(12 * group)..<(12 * group + 12)].map(\.stroke)
      #expect(Set(strokes).count == 12)
    }
    #expect(told.legend.count == 14 && told.notes.isEmpty)
    let note =
      "Lines of one colour differ in lr and l1 and are not told apart. Rows and columns of panels "
      + "(rows:, columns:) part them."
    for many in [figure(2, 13), figure(8, 2)] {
      #expect(many.notes == [note] && many.subtitle == "a line is one configuration")
    }
    #expect(figure(8, 1).notes.isEmpty && figure(8, 1).subtitle.isEmpty)
  }

  @Test func rowsColumnsAndMetricsMakeAGridOfPanels() {
    var curves: [CurveSeries] = []
    for (r, row) in ["m = a", "m = b"].enumerated() {
      for (c, column) in ["k = 1", "k = 2"].enumerated() {
        for metric in [Metric.valAccuracy, .valLoss, .trainLoss] {
          let shift = Double(4 * r + 2 * c) + (metric == .trainLoss ? 10 : 0)
          var one = curve("\(row) \(column)", "g\(c)", seed: 1, metric, ys: [shift, shift + 1])
          (one.row, one.column) = (row, column)
          curves.append(one)
        }
      }
    }
    let figure = Figure.curves(curves)
    #expect(
      FigureText(figure).text
        == """
        figure ''
        panel 0.0 'm = a, k = 1' grid
          x 'epoch' whole
          y 'val/accuracy' (share of rows) [-0.28 7.28]
          line #0072b2: 0,0 1,1
        panel 0.1 'm = a, k = 2' grid
          x 'epoch' whole
          y 'val/accuracy' (share of rows) [-0.28 7.28]
          line #e69f00 square: 0,2 1,3
        panel 1.0 'm = a, k = 1' grid
          x 'epoch' whole
          y 'loss' [-0.68 17.68]
          line #0072b2: 0,0 1,1
          line #0072b2 dashed: 0,10 1,11
        panel 1.1 'm = a, k = 2' grid
          x 'epoch' whole
          y 'loss' [-0.68 17.68]
          line #e69f00 square: 0,2 1,3
          line #e69f00 dashed square: 0,12 1,13
        panel 2.0 'm = b, k = 1' grid
          x 'epoch' whole
          y 'val/accuracy' (share of rows) [-0.28 7.28]
          line #0072b2: 0,4 1,5
        panel 2.1 'm = b, k = 2' grid
          x 'epoch' whole
          y 'val/accuracy' (share of rows) [-0.28 7.28]
          line #e69f00 square: 0,6 1,7
        panel 3.0 'm = b, k = 1' grid
          x 'epoch' whole
          y 'loss' [-0.68 17.68]
          line #0072b2: 0,4 1,5
          line #0072b2 dashed: 0,14 1,15
        panel 3.1 'm = b, k = 2' grid
          x 'epoch' whole
          y 'loss' [-0.68 17.68]
          line #e69f00 square: 0,6 1,7
          line #e69f00 dashed square: 0,16 1,17
        legend 'g0' line #0072b2
        legend 'g1' line #e69f00 square
        legend 'val' line #595959
        legend 'train' line #595959 dashed
        """)
  }

  @Test func smoothedLinesLieBeforeFaintOnes() {
    var options = CurvesOptions()
    options.smoothing = 0.5
    options.style = .dark
    let figure = Figure.curves(
      [
        curve("a", "", seed: 1, ys: [1, 4]), curve("a", "", seed: 2, ys: [3, 4]),
      ], options: options)
    // Smoothed: 1, (0.25 + 2) / 0.75 = 3; and 3, (0.75 + 2) / 0.75 = 11/3; their mean 2, 10/3.
    #expect(
      FigureText(figure).text
        == """
        figure '' / 'mean ± one deviation over 2 seeds'
        dark
        panel 0.0 grid
          x 'epoch' whole
          y 'val/loss'
          line #284271 w0.8: 0,2 1,4
          band #4480ee o0.2: 0,0.585786..3.41421 1,2.86193..3.80474
          line #4480ee: 0,2 1,3.33333
        legend 'as measured' line #51545a w0.8
        note 'Smoothed: s(t) = 0.5 s(t - 1) + 0.5 y(t), divided by 1 - 0.5^t; the mean of what was measured is faint behind.'
        """)
  }

  @Test func manyLinesAreThinnerAndManyGroupsTakeDashes() {
    func figure(_ count: Int) -> Figure {
      Figure.curves(
        (0..<count).flatMap { index in
          [Metric.trainLoss, .valLoss].map { metric in
            curve("c\(index)", "g\(index)", seed: 1, metric, ys: [1, 2])
          }
        })
    }
    // Seven colours: with an eighth group dashes tell groups apart, so that each metric has a panel.
    #expect(figure(7).panels.map(\.count) == [1] && figure(8).panels.map(\.count) == [2])
    #expect(lines(figure(8)).map(\.stroke.dash).suffix(2) == [.solid, .dashed])
    #expect(lines(figure(6)).map(\.stroke.width) == Array(repeating: 1.8, count: 12))
    #expect(lines(figure(7)).map(\.stroke.width) == Array(repeating: 1.3, count: 14))
    #expect(
      figure(8).legend.count == 8 && figure(7).legend.suffix(2).map(\.label) == ["train", "val"])
  }

  @Test func bandsPaleWithTheirNumber() {
    func opacity(_ count: Int) -> Double? {
      bands(
        Figure.curves(
          (0..<count).flatMap { index in
            [1, 2].map { seed in
              curve("c\(index)", "g\(index)", seed: seed, ys: [Double(seed), 2])
            }
          })
      ).first?.opacity
    }
    // 1.6 / n between 0.06 and 0.2.
    #expect(opacity(1) == 0.2 && opacity(10) == 0.16 && opacity(40) == 0.06)
  }

  @Test func numbersWithoutAPlaceOnALogarithmicAxisAreSaid() {
    var options = CurvesOptions()
    options.logX = true
    let figure = Figure.curves([curve("a", "a", seed: 1, ys: [1, 2])], options: options)
    #expect(figure.panels[0][0].x.scale == .log)
    #expect(figure.notes == ["Values of zero or less have no place on a logarithmic axis."])
    let later = Figure.curves(
      [curve("a", "a", seed: 1, steps: [1, 2], ys: [1, 2])], options: options)
    #expect(later.notes.isEmpty)
  }

  @Test func anAccuracyIsNeverLogarithmicByItself() {
    let figure = Figure.curves([curve("a", "a", seed: 1, .valAccuracy, ys: [0.001, 0.9])])
    #expect(figure.panels[0][0].y.scale == .linear)
    let border = [100.0, 99.9].map { most in
      Figure.curves([curve("a", "a", seed: 1, ys: [1, most])]).panels[0][0].y.scale
    }
    #expect(border == [.log, .linear])
  }
}
