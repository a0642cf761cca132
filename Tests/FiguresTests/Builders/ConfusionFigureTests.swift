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

  @Test func ofManyMatricesTheRecallStandsBesideTheName() throws {
    let counts = ConfusionCounts(title: "net", counts: [[8, 2], [1, 9]])
    let figure = Figure.confusion(
      Array(repeating: counts, count: 5), options: ConfusionOptions(classNames: ["no", "yes"]))
    #expect(figure.panels.joined().allSatisfy { $0.colorScale == nil })
    #expect(try #require(cells(figure)).rows[1].map(\.text) == ["8", "2"])
    #expect(figure.panels[0][0].y.scale == .categories(["yes (0.90)", "no (0.80)"]))
    #expect(figure.legend.map(\.label) == ["share of the true class, 0 to 1"])
  }

  @Test func aClassWithoutRowsIsHatched() throws {
    let figure = Figure.confusion(
      [ConfusionCounts(title: "net", counts: [[0, 0], [1, 9]])],
      options: ConfusionOptions(classNames: ["no", "yes"]))
    let map = try #require(cells(figure))
    #expect(map.rows[1].map(\.isHatched) == [true, true])
    #expect(figure.notes.count == 1)
  }

  @Test func threeMatricesOfThreeClassesAreInTheirPlaces() {
    var options = ConfusionOptions(classNames: ["a", "b", "c"])
    options.title = "T"
    options.subtitle = "S"
    let figure = Figure.confusion(
      [
        ConfusionCounts(title: "one", counts: [[6, 2, 0], [1, 3, 0], [0, 0, 0]]),
        ConfusionCounts(title: "two", counts: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ConfusionCounts(title: "three", counts: [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
      ], options: options)
    // Shares of row a: 3/4, 1/4, 0; of row b: 1/4, 3/4, 0; shares are viridis' own eighths.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'S'
        panel 0.0 'one'
          x 'predicted class' ["a", "b", "c"]
          y 'true class' ["c", "b", "a"]
          cells
            #d0d0d0/ '0' #d0d0d0/ '0' #d0d0d0/ '0'
            #3b528b '1' #5ec962 '3 (0.750)' #440154 '0'
            #5ec962 '6 (0.750)' #3b528b '2' #440154 '0'
        panel 0.1 'two'
          x 'predicted class' ["a", "b", "c"]
          y 'true class' ["c", "b", "a"]
          cells
            #440154 '0' #440154 '0' #fde725 '1 (1.000)'
            #440154 '0' #fde725 '1 (1.000)' #440154 '0'
            #fde725 '1 (1.000)' #440154 '0' #440154 '0'
        panel 1.0 'three'
          x 'predicted class' ["a", "b", "c"]
          y 'true class' ["c", "b", "a"]
          cells
            #fde725 '1' #440154 '0' #440154 '0 (0.000)'
            #440154 '0' #440154 '0 (0.000)' #fde725 '1'
            #440154 '0 (0.000)' #fde725 '1' #440154 '0'
        legend 'share of the true class, 0 to 1' colours [0 1]
        note 'Hatched rows: the part has no row of that class.'
        """)
  }

  @Test func sixClassesHaveTheirRecallInTheCell() {
    for (count, text, name) in [(6, "3 (1.000)", "c0"), (7, "3", "c0 (1.00)")] {
      let counts = (0..<count).map { row in (0..<count).map { row == $0 ? 3 : 0 } }
      let figure = Figure.confusion(
        [ConfusionCounts(title: "", counts: counts)],
        options: ConfusionOptions(classNames: (0..<count).map { "c\($0)" }))
      #expect(cells(figure)?.rows[0][count - 1].text == text)
      guard case .categories(let names) = figure.panels[0][0].y.scale else { continue }
      #expect(names.last == name)
    }
  }
}
