import Figures
import Testing

@Suite struct FunctionFigureTests {
  private func curve(_ name: String, _ slopes: [Double]) -> FunctionCurve {
    FunctionCurve(
      name: name, xs: slopes.indices.map(Double.init), values: slopes.map { $0 * 2 },
      slopes: slopes)
  }

  private func lines(_ panel: Panel) -> [Line] {
    panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
  }

  @Test func functionsAndTheirDerivativesStandSideBySide() {
    let figure = Figure.functions([curve("a", [0, 0.1, 0.2])], title: "t")
    #expect(figure.panels[0].map(\.title) == ["function", "derivative"])
    #expect(lines(figure.panels[0][0])[0].ys == [0, 0.2, 0.4])
    #expect(figure.legend.map(\.label) == ["a"])
  }

  @Test func aJumpOfTheDerivativeIsAGap() {
    let figure = Figure.functions([curve("relu", [0, 0, 1, 1])], title: "t")
    let drawn = lines(figure.panels[0][1])[0].ys
    #expect(drawn[0] == 0 && drawn[1] == 0 && drawn[2].isNaN && drawn[3] == 1)
  }

  @Test func manyFunctionsAreToldApart() {
    let figure = Figure.functions((0..<30).map { curve("\($0)", [0, 1]) }, title: "t")
    let strokes = figure.legend.map(\.sign)
    #expect(Set(strokes).count > 20)
  }
}
