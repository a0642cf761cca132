import Figures
import Interchange
import Pages
import Pictures
import Results
import Terminal
import Testing

@Suite struct TerminalFigureTests {
  private let plain = TextStyle(isColored: false)

  private func figure(name: String = "a name") -> Figure {
    let strokes = (0..<2).map { Style.light.series($0, of: 2) }
    let lines = strokes.enumerated().map { index, stroke in
      Layer.line(Line(xs: [0, 10], ys: [0, Double(index + 1)], stroke: stroke))
    }
    return Figure(
      title: "A title", panels: [[Panel(x: Axis("epoch"), y: Axis("loss"), layers: lines)]],
      legend: [LegendEntry(name, .line(strokes[0])), LegendEntry("second", .line(strokes[1]))],
      notes: ["a note"])
  }

  @Test func curvesEndInTheirLetters() throws {
    let lines = TerminalFigure(figure(), width: 60, plain).lines
    #expect(lines.prefix(2) == ["A title", "a a name   b second"])
    #expect(lines.last == "a note")
    let a = try #require(lines.firstIndex { $0.hasSuffix(" a") })
    let b = try #require(lines.firstIndex { $0.hasSuffix(" b") })
    #expect(b < a)
    #expect(lines.contains { $0.contains("epoch") } && lines.contains("loss"))
  }

  @Test func coloursAreWrittenOnlyWhereTheyAreWanted() {
    #expect(!TerminalFigure(figure(), width: 60, plain).text.contains("\u{1B}"))
    let colored = TerminalFigure(figure(), width: 60, TextStyle(isColored: true)).text
    #expect(colored.contains("\u{1B}["))
  }

  @Test func namesCannotMoveTheCursor() {
    let text = TerminalFigure(figure(name: "\u{1B}[2J\r\n漢字"), width: 60, plain).text
    #expect(!text.contains("\u{1B}") && !text.contains("\r"))
  }

  @Test func aHeatMapIsATable() {
    let cells = ["0.10", "0.20"].map { HeatMap.Cell(color: .white, text: $0) }
    let panel = Panel(
      x: Axis("lr", scale: .categories(["0.1", "1"])),
      y: Axis("model", scale: .categories(["net"])), layers: [.heatMap(HeatMap(rows: [cells]))])
    let lines = TerminalFigure(Figure(title: "t", panels: [[panel]]), width: 60, plain).lines
    #expect(lines.contains("net  0.10  0.20"))
    #expect(lines.contains("      0.1     1"))
  }

  @Test func regionsAreLetters() {
    let regions = Regions(
      xRange: 0...1, yRange: 0...1, width: 2, height: 2,
      colors: Array(repeating: .white, count: 4), classes: [0, 0, 1, 1])
    let panel = Panel(x: Axis("x"), y: Axis("y"), layers: [.regions(regions)])
    let lines = TerminalFigure(Figure(title: "", panels: [[panel]]), width: 60, plain).lines
    let pictures = lines.filter { $0.contains("│") || $0.contains("┤") }
    #expect(pictures.first?.hasSuffix("bbb") == true && pictures.last?.hasSuffix("aaa") == true)
  }

  @Test func nothingToSeeIsNoTrap() {
    let panel = Panel(
      x: Axis("x"), y: Axis("y", scale: .log),
      layers: [.line(Line(xs: [.nan], ys: [.nan], stroke: Stroke(color: .black)))])
    #expect(!TerminalFigure(Figure(title: "", panels: [[panel]]), width: 1, plain).lines.isEmpty)
  }
}
