import Figures
import GnuplotBackend
import Testing

@Suite struct LayoutTests {
  private func figure(series: Int, name: (Int) -> String = { "series \($0)" }) -> Figure {
    let lines = (0..<series).map { index in
      Layer.line(
        Line(
          xs: [0, 1], ys: [0, Double(index)], stroke: Style.light.series(index, of: series)))
    }
    let legend = (0..<series).map {
      LegendEntry(name($0), .line(Style.light.series($0, of: series)))
    }
    return Figure(
      title: "Title", panels: [[Panel(x: Axis("epoch"), y: Axis("loss"), layers: lines)]],
      legend: legend)
  }

  @Test func aShortLegendStandsAboveThePanel() throws {
    let layout = Layout(figure(series: 3))
    let frame = try #require(layout.panels.first?.frame)
    #expect(layout.lines.allSatisfy { $0.fromY < frame.y })
  }

  @Test(arguments: [11, 30, 60])
  func aLongLegendStandsBesideThePanel(series: Int) throws {
    let layout = Layout(figure(series: series))
    let frame = try #require(layout.panels.first?.frame)
    #expect(layout.lines.allSatisfy { $0.fromX > frame.right && $0.toX < layout.width })
    #expect(layout.texts.allSatisfy { $0.y > 0 && $0.y < layout.height })
    #expect(layout.texts.filter { $0.text.hasPrefix("series") }.count == series)
  }

  @Test func whatDoesNotFitIsCounted() {
    let layout = Layout(figure(series: 300))
    let shown = layout.texts.filter { $0.text.hasPrefix("series") }.count
    #expect(layout.texts.contains { $0.text == "and \(300 - shown) more" })
  }

  @Test func longNamesAreCutInTheMiddle() {
    let layout = Layout(
      figure(series: 2) { "the beginning \(String(repeating: "x", count: 200)) end \($0)" })
    let names = layout.texts.map(\.text).filter { $0.hasPrefix("the beginning") }
    #expect(names.count == 2)
    #expect(names.allSatisfy { $0.contains("…") && $0.count < 60 })
    #expect(Set(names).count == 2)
  }

  @Test func textsOfAnAxisDoNotOverlap() {
    let layout = Layout(figure(series: 2))
    let bottom = layout.texts.filter { $0.anchor == .center && $0.size == Style.tickSize }
      .sorted { $0.x < $1.x }
    for (a, b) in zip(bottom, bottom.dropFirst()) {
      let half = { (text: PlacedText) in TextMeasure.width(text.text, size: text.size) / 2 }
      #expect(a.x + half(a) < b.x - half(b))
    }
  }

  @Test func linesBreakAtSpaces() {
    #expect(TextMeasure.wrapped("aa bb cc", size: 10, limit: 40) == ["aa bb", "cc"])
    #expect(TextMeasure.wrapped("a\nb", size: 10, limit: 400) == ["a", "b"])
    #expect(TextMeasure.wrapped("", size: 10, limit: 400).isEmpty)
    #expect(TextMeasure.oneLine("a\nb") == "a↵b")
  }
}
