import Figures
import Testing

@Suite struct ConfusionFigureTests {
  private func cells(_ figure: Figure) -> HeatMap? {
    for case .heatMap(let map) in figure.panels[0][0].layers { return map }
    return nil
  }

  @Test func rowsAreTrueClassesFromAbove() throws {
    let figure = Figure.confusion(
      [ConfusionCounts(title: "net", counts: [[8, 2], [1, 9]])],
      options: ConfusionOptions(classNames: ["no", "yes"]))
    let map = try #require(cells(figure))
    // A heat map's rows go from the bottom up.
    #expect(map.rows[1].map(\.text) == ["8 (0.800)", "2"])
    #expect(map.rows[0].map(\.text) == ["1", "9 (0.900)"])
    #expect(figure.panels[0][0].y.scale == .categories(["yes", "no"]))
    #expect(figure.panels[0][0].x.name == "predicted class")
  }

  @Test func ofManyClassesTheRecallStandsBesideTheName() {
    let counts = (0..<10).map { row in (0..<10).map { row == $0 ? 3 : $0 == 0 ? 1 : 0 } }
    let figure = Figure.confusion(
      [ConfusionCounts(title: "net", counts: counts)],
      options: ConfusionOptions(classNames: (0..<10).map { "c\($0)" }))
    guard case .categories(let names) = figure.panels[0][0].y.scale else {
      Issue.record("no names")
      return
    }
    #expect(names.last == "c0 (1.00)" && names.first == "c9 (0.75)")
  }

  @Test func aClassWithoutRowsIsHatched() throws {
    let figure = Figure.confusion(
      [ConfusionCounts(title: "net", counts: [[0, 0], [1, 9]])],
      options: ConfusionOptions(classNames: ["no", "yes"]))
    let map = try #require(cells(figure))
    #expect(map.rows[1].map(\.isHatched) == [true, true])
    #expect(figure.notes.count == 1)
  }
}
