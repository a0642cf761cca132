import Drawing
import Languages
import Figures
import Testing
import Tracking

@Suite struct GradientsFigureTests {
  private func curve(_ name: String, _ ys: [Double], seed: Int = 1, diverged: Bool = false)
    -> CurveSeries
  {
    CurveSeries(
      configuration: "c", group: name, seed: seed, hasDiverged: diverged,
      metric: Metric("layer/\(name)/grad_norm"), steps: Array(ys.indices),
      xs: ys.indices.map(Double.init), ys: ys)
  }

  private func lines(_ panel: Panel) -> [Line] {
    panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
  }

  @Test func weightsGoFromDarkToLight() {
    let curves = [
      curve("0.weight", [1, 2]), curve("2.weight", [3, 4]), curve("4.weight", [5, 6]),
    ]
    let figure = Figure.gradients([GradientCurves(title: "net", curves: curves)], title: "t")
    let panel = figure.panels[0][0]
    let brightness = lines(panel).map(\.stroke.color.luminance)
    #expect(brightness == brightness.sorted() && Set(brightness).count == 3)
    #expect(panel.y.scale == .log && panel.title == "net")
    #expect(figure.legend.map(\.label) == ["weight", "0.weight", "2.weight", "4.weight"])
  }

  @Test func panelsShareTheirRange() {
    let a = GradientCurves(title: "a", curves: [curve("0.weight", [1e-4, 1e-3])])
    let b = GradientCurves(title: "b", curves: [curve("0.weight", [1, 10])])
    let figure = Figure.gradients([a, b], title: "t")
    let ranges = figure.panels[0].compactMap(\.y.range)
    #expect(ranges.count == 2 && ranges[0] == ranges[1])
    #expect(ranges[0].lowerBound < 1e-4 && ranges[0].upperBound > 10)
  }

  /// Left out beside others; alone its line ends at a cross.
  @Test func aDivergedRunIsLeftOutOrEndsAtACross() {
    let bad = curve("0.weight", [3, 4, .nan], seed: 2, diverged: true)
    func drawn(_ curves: [CurveSeries]) -> (lines: [[Double]], crosses: [[Double]], notes: [String])
    {
      let figure = Figure.gradients([GradientCurves(title: "net", curves: curves)], title: "t")
      let crosses = figure.panels[0][0].layers.compactMap { layer -> [Double]? in
        if case .points(let points) = layer { points.xs } else { nil }
      }
      return (lines(figure.panels[0][0]).map(\.ys), crosses, figure.notes)
    }
    let beside = drawn([curve("0.weight", [1, 2, 3]), bad])
    #expect(beside.lines == [[1, 2, 3]] && beside.crosses.isEmpty)
    #expect(beside.notes == ["1 of 2 runs diverged and is left out of the means."])
    let alone = drawn([bad])
    #expect(alone.lines == [[3, 4]] && alone.crosses == [[1]])
    #expect(
      alone.notes == [
        "1 of 1 run diverged and is left out of the means; where all did, the line ends at a cross."
      ])
  }

  @Test func aFigureOfTwoNetworksIsPinned() {
    // Of the second network's seeds one diverged; its weights are others than the first's.
    let figure = Figure.gradients(
      [
        GradientCurves(
          title: "one",
          curves: [
            curve("0.weight", [1, 4]), curve("0.weight", [3, 8], seed: 2),
            curve("2.weight", [0, 5]), curve("2.weight", [0, 5], seed: 2),
          ]),
        GradientCurves(
          title: "two", curves: [curve("0.weight", [2, .nan], seed: 3, diverged: true)]),
      ], axis: .axisStep, title: "T")
    // 0.weight of one: means 2 and 6, deviations √2 and 2√2. The range is 2 to 6 by ratios:
    // 3^0.04 more on both sides.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'mean and one deviation of the logarithm over 1 to 2 seeds'
        panel 0.0 'one' grid
          x 'step' whole
          y 'norm of the gradient' log [1.91401 6.26955]
          band #0072b2 o0.12: 0,0.919717..4.34916 1,3.67528..9.79516
          line #0072b2: 0,2 1,6
          line #e69f00 square: 0,0 1,5
        panel 0.1 'two' grid
          x 'step' whole
          y 'norm of the gradient' log [1.91401 6.26955]
          line #0072b2: 0,2
          points #0072b2 cross s1.8: 0,2
        legend 'weight' heading
        legend 'first' line #440154
        legend 'middle' line #27808d square
        legend 'last' line #a4da36 triangle
        note '1 of 3 runs diverged (two: 1 of 1) and is left out of the means; where all did, the line ends at a cross.'
        note 'A norm of 0 has no place on the logarithmic axis.'
        """)
  }

  @Test func oneNetworkOfFourWeightsIsNamed() {
    let figure = Figure.gradients(
      [GradientCurves(title: "", curves: (0..<4).map { curve("\($0).weight", [Double($0 + 1)]) })],
      axis: .axisTime, title: "T")
    #expect(figure.panels[0][0].x.isWhole == false)
    // 0, 1/3, 2/3 and 1 of viridis up to 0.86.
    #expect(
      figure.legend.map(\.sign) == [
        .none, .line(Style.light.series(0, of: 4, ordered: true)),
        .line(Style.light.series(1, of: 4, ordered: true)),
        .line(Style.light.series(2, of: 4, ordered: true)),
        .line(Style.light.series(3, of: 4, ordered: true)),
      ])
  }
}
