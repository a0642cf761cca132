import Drawing
import Figures
import Testing

@Suite struct StretchFigureTests {
  private func stage(_ title: String, _ factor: Double) -> StretchStage {
    StretchStage(
      title: title, xs: [1, 0, -1, 0].map { $0 * factor }, ys: [0, 1, 0, -1].map { $0 * factor })
  }

  private func points(_ panel: Panel) -> ColoredPoints? {
    for case .colored(let points) in panel.layers { return points }
    return nil
  }

  @Test func pointsKeepTheColourTheyBeginWith() throws {
    let figure = Figure.stretch(
      [[stage("input", 1), stage("0 linear", -3)]], colors: .directions, title: "t")
    let panels = figure.panels.joined()
    #expect(panels.map(\.title) == ["input", "0 linear"])
    let colors = panels.map { points($0)?.colors ?? [] }
    #expect(colors[0] == colors[1] && Set(colors[0]).count == 4)
    let alone = Figure.stretch([[stage("input", 1)]], colors: .directions, title: "t")
    #expect(points(alone.panels[0][0])?.colors == colors[0])
    let moved = try #require(points(figure.panels[0][1]))
    #expect(moved.xs == [-3, 0, 3, 0])
  }

  @Test func classesColourPoints() throws {
    let figure = Figure.stretch(
      [[stage("input", 1)]], colors: .classes([0, 1, 0, 1], names: ["p", "q"]), title: "t")
    let colors = try #require(points(figure.panels[0][0])).colors
    #expect(colors[0] == colors[2] && colors[0] != colors[1])
    #expect(figure.legend.map(\.label) == ["p", "q"])
  }

  @Test func linesOfAGridBreakBetweenThem() {
    let figure = Figure.stretch(
      [[stage("input", 1)]], colors: .directions, lines: [[0, 1], [2, 3]], title: "t")
    for case .line(let line) in figure.panels[0][0].layers {
      #expect(line.ys.map(\.isNaN) == [false, false, true, false, false, true])
      #expect(line.xs.allSatisfy { $0.isFinite })
    }
  }

  @Test func aFigureOfTwoNetworksIsPinned() {
    let first = StretchStage(
      title: "input", xs: [3, 1, 1, -1], ys: [0, 4, 0, 0], xName: "u", yName: "v")
    let second = StretchStage(title: "0 linear", xs: [1, 2, 3, 4], ys: [8, 7, 6, 5])
    let figure = Figure.stretch(
      [[first, second], [first]], colors: .classes([0, 2, 1, 0], names: ["p", "q", "r"]),
      lines: [[0, 1], [2, 3, 9]], title: "T", notes: ["N"])
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        panel 0.0 'input' square grid
          x 'u'
          y 'v'
          line #595959 w0.5 o0.6: 3,0 1,4 1,nan 1,0 -1,0 -1,nan
          upright 0 #595959 w0.6 dotted
          level 0 #595959 w0.6 dotted
          colored s0.7: 3,0 1,4 1,0 -1,0 in #0072b2 #00795a #e69f00 #0072b2
        panel 0.1 '0 linear' square grid
          x ''
          y ''
          line #595959 w0.5 o0.6: 1,8 2,7 2,nan 3,6 4,5 4,nan
          upright 0 #595959 w0.6 dotted
          level 0 #595959 w0.6 dotted
          colored s0.7: 1,8 2,7 3,6 4,5 in #0072b2 #00795a #e69f00 #0072b2
        panel 1.0 'input' square grid
          x 'u'
          y 'v'
          line #595959 w0.5 o0.6: 3,0 1,4 1,nan 1,0 -1,0 -1,nan
          upright 0 #595959 w0.6 dotted
          level 0 #595959 w0.6 dotted
          colored s0.7: 3,0 1,4 1,0 -1,0 in #0072b2 #00795a #e69f00 #0072b2
        legend 'p' marker #0072b2
        legend 'q' marker #e69f00
        legend 'r' marker #00795a
        note 'N'
        """)
  }

  @Test func directionsGoOnceAroundTheCircle() throws {
    // Around the middle (1, 0): right, up, left, down; a quarter of seven colours is 1.75.
    let stage = StretchStage(title: "", xs: [2, 1, 0, 1], ys: [0, 1, 0, -1])
    let figure = Figure.stretch([[stage]], colors: .directions, title: "t")
    let colors = try #require(points(figure.panels[0][0])).colors
    #expect(
      colors == [
        Color(0x0072B2), Color(0x56B4E9).mixed(with: Color(0x009E73), share: 0.75),
        Color(0xE69F00).mixed(with: Color(0xD55E00), share: 0.5),
        Color(0xCC79A7).mixed(with: Color(0x5B3A8C), share: 0.25),
      ])
  }
}
