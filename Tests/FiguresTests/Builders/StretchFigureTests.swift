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
}
