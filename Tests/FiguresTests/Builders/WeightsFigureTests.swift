import Figures
import Testing

@Suite struct WeightsFigureTests {
  private func network(_ first: FirstLayer, _ after: [Double] = [1, 2]) -> NetworkWeights {
    NetworkWeights(
      title: "net", first: first,
      layers: [WeightLayer(name: "0.weight", before: [0, 1], after: after)])
  }

  @Test func filtersAreSmallPicturesBlueToRed() {
    let first = FirstLayer.filters(name: "0.weight", width: 2, height: 1, [[-2, 2], [0, 1]])
    let figure = Figure.weights([network(first)], title: "t")
    guard case .tiles(let tiles) = figure.panels[0][0].layers[0] else {
      Issue.record("no pictures")
      return
    }
    let colors = tiles.rows.joined().flatMap(\.colors)
    #expect(colors[0].blue > colors[0].red && colors[1].red > colors[1].blue)
    #expect(colors[2] == .white)
  }

  @Test func moreFiltersThanAreDrawnAreCounted() {
    let units = (0..<100).map { [Double($0)] }
    let figure = Figure.weights(
      [network(.filters(name: "0.weight", width: 1, height: 1, units))], title: "t")
    #expect(figure.notes.contains("64 of 100 filters of 0.weight are drawn."))
  }

  @Test func aMatrixHasAUnitARow() {
    let first = FirstLayer.matrix(
      name: "0.weight", columns: ["x", "y"], [[1, -1], [0, 0], [1, 1]])
    let panel = Figure.weights([network(first)], title: "t").panels[0][0]
    #expect(panel.x.scale == .categories(["x", "y"]))
    #expect(panel.ranges.y == -0.5...2.5)
  }

  @Test func weightsThatAreNotFiniteAreCountedAndDrawnGrey() {
    let first = FirstLayer.matrix(name: "0.weight", columns: ["x"], [[.nan]])
    let figure = Figure.weights([network(first, [.nan, .infinity, 1])], title: "t")
    #expect(figure.notes == ["2 weights not finite."])
    for case .regions(let regions) in figure.panels[0][0].layers {
      #expect(Set(regions.colors) == [Style.light.absent])
    }
  }

  @Test func beforeAndAfterTrainingAreToldApart() {
    let figure = Figure.weights([network(.none)], title: "t")
    #expect(figure.legend.map(\.label) == ["before training", "after training"])
    #expect(figure.panels.map(\.count) == [1])
  }
}
