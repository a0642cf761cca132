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
}
