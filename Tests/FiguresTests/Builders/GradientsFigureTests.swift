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

  @Test func aDivergedRunEndsAtACross() {
    let curves = [
      curve("0.weight", [1, 2, 3]), curve("0.weight", [1, 2, .nan], seed: 2, diverged: true),
    ]
    let figure = Figure.gradients([GradientCurves(title: "net", curves: curves)], title: "t")
    let crosses = figure.panels[0][0].layers.compactMap { layer -> Points? in
      if case .points(let points) = layer { points } else { nil }
    }
    #expect(crosses.map(\.xs) == [[1]])
    #expect(figure.notes.first?.hasPrefix("1 of 2 runs diverged") == true)
  }
}
