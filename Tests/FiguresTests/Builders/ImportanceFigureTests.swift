import Figures
import Testing

@Suite struct ImportanceFigureTests {
  @Test func theMostImportantKeyIsOnTop() throws {
    let figure = Figure.importance(
      [
        ImportanceBar(name: "lr", share: 0.2), ImportanceBar(name: "model", share: 0.8),
        ImportanceBar(name: "hidden", share: 0),
      ], options: ImportanceOptions())
    let panel = try #require(figure.panels.first?.first)
    #expect(panel.y.scale == .categories(["hidden", "lr", "model"]))
    let ends = panel.layers.compactMap { layer -> Double? in
      if case .line(let line) = layer { line.xs.last } else { nil }
    }
    #expect(ends == [0.001, 0.2, 0.8])
  }

  @Test func aFigureOfSharesIsPinned() {
    var options = ImportanceOptions()
    options.title = "T"
    options.notes = ["by hand"]
    let figure = Figure.importance(
      [
        ImportanceBar(name: "first", share: 0.0941), ImportanceBar(name: "lr", share: 0.7046),
        ImportanceBar(name: "second", share: 0.0941), ImportanceBar(name: "wd", share: 0.0999),
      ], options: options)
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        panel 0.0 grid
          x 'share of what is explained' [0 1.1] ticks 0 0.25 0.5 0.75 1
          y '' ["second", "first", "wd", "lr"]
          line #0072b2 w16: 0,0 0.0941,0
          '9.4 %' at 0.1091,0 left #1a1a1a
          line #0072b2 w16: 0,1 0.0941,1
          '9.4 %' at 0.1091,1 left #1a1a1a
          line #0072b2 w16: 0,2 0.0999,2
          '10 %' at 0.1149,2 left #1a1a1a
          line #0072b2 w16: 0,3 0.7046,3
          '70 %' at 0.7196,3 left #1a1a1a
        note 'by hand'
        """)
  }

  @Test func manyBarsAreThinner() {
    for (count, width) in [(10, 16.0), (11, 9)] {
      let bars = (0..<count).map { ImportanceBar(name: "\($0)", share: 0.01) }
      let figure = Figure.importance(bars, options: ImportanceOptions())
      for case .line(let line) in figure.panels[0][0].layers { #expect(line.stroke.width == width) }
    }
  }
}
