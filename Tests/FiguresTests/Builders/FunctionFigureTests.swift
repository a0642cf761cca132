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

  @Test func aFigureOfTwoFunctionsIsPinned() {
    let figure = Figure.functions(
      [
        FunctionCurve(name: "a", xs: [-1, 0, 2], values: [3, 4, 6], slopes: [1, 1.1, 1.9]),
        FunctionCurve(name: "b", xs: [-1, 0], values: [0, 1], slopes: [7, 7]),
      ], title: "T", style: .dark)
    // From 1.1 to 1.9 the slope of a jumps by 0.8 of 0.9, from 1 to 1.1 by less than a fifth of it.
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        dark
        panel 0.0 'function' grid
          x 'x'
          y 'f(x)'
          upright 0 #a9adb5 w0.7 dotted
          level 0 #a9adb5 w0.7 dotted
          line #4480ee: -1,3 0,4 2,6
          line #f6c15a square: -1,0 0,1
        panel 0.1 'derivative' grid
          x 'x'
          y 'df/dx'
          upright 0 #a9adb5 w0.7 dotted
          level 0 #a9adb5 w0.7 dotted
          line #4480ee: -1,1 0,1.1 2,nan
          line #f6c15a square: -1,7 0,7
        legend 'a' line #4480ee
        legend 'b' line #f6c15a square
        """)
  }

  @Test func manyFunctionsAreThinner() {
    for (count, width) in [(12, 1.8), (13, 1.3)] {
      let figure = Figure.functions((0..<count).map { curve("\($0)", [0, 1]) }, title: "t")
      #expect(lines(figure.panels[0][0]).allSatisfy { $0.stroke.width == width })
    }
  }
}
