import Drawing
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

  @Test func filtersAndHistogramsArePinned() {
    let first = FirstLayer.filters(
      name: "0.weight", width: 2, height: 1, [[-2, 1], [0.5, 0], [0, 0.4]])
    let figure = Figure.weights(
      [
        NetworkWeights(
          title: "net", first: first,
          layers: [
            WeightLayer(name: "0.weight", before: [0, 2, 8], after: [7.5, 1, 2.5, 4]),
            WeightLayer(name: "2.weight", after: [1, 3, 3]),
          ])
      ], title: "T")
    // Eight stretches of length 1 from 0 to 8 for both; of 0.25 from 1 to 3.
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        panel 0.0 '0.weight, a picture a unit: blue −2, red 2'
          x '' ["", "", ""]
          y '' [""]
          tiles of 36
            2 by 1 #0b4f8a #d9a380 '0'; 2 by 1 #ecd1bf #ffffff '1'; 2 by 1 #ffffff #f0dacc '2'
        panel 1.0 '0.weight' grid
          x 'weight'
          y 'weights'
          band #595959 o0.28: 0,0..0 0,0..1 1,0..1 1,0..0 2,0..0 2,0..1 3,0..1 3,0..0 4,0..0 \
        4,0..0 5,0..0 5,0..0 6,0..0 6,0..0 7,0..0 7,0..1 8,0..1 8,0..0
          line #595959 w1.2: 0,0 0,1 1,1 1,0 2,0 2,1 3,1 3,0 4,0 4,0 5,0 5,0 6,0 6,0 7,0 7,1 8,1 8,0
          band #0072b2 o0.28: 0,0..0 0,0..0 1,0..0 1,0..1 2,0..1 2,0..1 3,0..1 3,0..0 4,0..0 \
        4,0..1 5,0..1 5,0..0 6,0..0 6,0..0 7,0..0 7,0..1 8,0..1 8,0..0
          line #0072b2 w1.2: 0,0 0,0 1,0 1,1 2,1 2,1 3,1 3,0 4,0 4,1 5,1 5,0 6,0 6,0 7,0 7,1 8,1 8,0
        panel 1.1 '2.weight' grid
          x 'weight'
          y 'weights'
          band #0072b2 o0.28: 1,0..0 1,0..1 1.25,0..1 1.25,0..0 1.5,0..0 1.5,0..0 1.75,0..0 \
        1.75,0..0 2,0..0 2,0..0 2.25,0..0 2.25,0..0 2.5,0..0 2.5,0..0 2.75,0..0 2.75,0..2 3,0..2 \
        3,0..0
          line #0072b2 w1.2: 1,0 1,1 1.25,1 1.25,0 1.5,0 1.5,0 1.75,0 1.75,0 2,0 2,0 2.25,0 \
        2.25,0 2.5,0 2.5,0 2.75,0 2.75,2 3,2 3,0
        legend 'before training' box #595959
        legend 'after training' box #0072b2
        """)
  }

  @Test func aMatrixIsDrawnWithItsFirstUnitLowest() throws {
    // Two units of three inputs, all different: a square of 160 by 120 points each.
    let first = FirstLayer.matrix(
      name: "0.weight", columns: ["x", "y", "z"], [[4, -4, 1], [0, 2, -1]])
    let figure = Figure.weights(
      [network(first), NetworkWeights(title: "other", first: .none, layers: [])], title: "t")
    let panel = figure.panels[0][0]
    #expect(panel.title == "net: 0.weight: blue −4, red 4")
    #expect(
      panel.x
        == {
          var axis = Axis("input", scale: .categories(["x", "y", "z"]))
          axis.isWhole = true
          return axis
        }())
    guard case .regions(let regions) = panel.layers[0] else {
      Issue.record("no picture")
      return
    }
    #expect(regions.width == 480 && regions.height == 240)
    // The outer points lie half a point within the edges -0.5 and 2.5, -0.5 and 1.5.
    #expect(regions.xRange == (-0.5 + 0.5 / 160)...(2.5 - 0.5 / 160))
    #expect(regions.yRange == (-0.5 + 0.5 / 120)...(1.5 - 0.5 / 120))
    let rows = [0, 119, 120, 239].map { row in
      [0, 159, 160, 319, 320, 479].map { regions.colors[row * 480 + $0].hex }
    }
    // Of ±4 in blue and red: 4 is #b34700, -4 #0b4f8a; a quarter of red and so on by hand.
    let lowest = ["#b34700", "#b34700", "#0b4f8a", "#0b4f8a", "#ecd1bf", "#ecd1bf"]
    let upper = ["#ffffff", "#ffffff", "#d9a380", "#d9a380", "#c2d3e2", "#c2d3e2"]
    #expect(rows == [lowest, lowest, upper, upper])
  }

  @Test func columnsAreAboutTheRootOfTheFilters() {
    for (count, columns) in [(1, 4), (4, 5), (5, 6), (64, 11), (100, 11)] {
      let units = (0..<count).map { [Double($0)] }
      let figure = Figure.weights(
        [network(.filters(name: "w", width: 1, height: 1, units))], title: "t")
      guard case .tiles(let tiles) = figure.panels[0][0].layers[0] else { continue }
      #expect(tiles.columns == min(columns, min(count, 64)))
    }
  }
}
