import Drawing
import Figures
import Testing

@Suite struct BoundaryFigureTests {
  private func model(points: Int = 4, confidence: [Double] = []) -> BoundaryModel {
    BoundaryModel(
      title: "net",
      grid: DecisionGrid(
        xRange: 0...1, yRange: 0...1, width: 2, height: 2, classes: [0, 1, 0, 1],
        confidence: confidence),
      points: ClassPoints(
        xs: (0..<points).map { Double($0) }, ys: (0..<points).map { Double($0) },
        classes: (0..<points).map { $0 % 2 }))
  }

  private func regions(_ figure: Figure) -> Regions? {
    for case .regions(let regions) in figure.panels[0][0].layers { return regions }
    return nil
  }

  @Test func modelsStandSideBySide() {
    let options = BoundaryOptions(classNames: ["no", "yes"])
    let figure = Figure.boundary([model(), model()], options: options)
    #expect(figure.panels.map(\.count) == [2])
    #expect(figure.legend.map(\.label) == ["class", "no", "yes"])
    #expect(figure.panels[0][0].isSquare)
  }

  @Test func manyModelsTakeSeveralRows() {
    let options = BoundaryOptions(classNames: ["no", "yes"])
    let figure = Figure.boundary((0..<7).map { _ in model() }, options: options)
    #expect(figure.panels.map(\.count) == [3, 3, 1])
  }

  @Test func classesHaveTheColoursOfTheirPoints() throws {
    let figure = Figure.boundary([model()], options: BoundaryOptions(classNames: ["no", "yes"]))
    let regions = try #require(self.regions(figure))
    #expect(regions.colors[0] == regions.colors[2] && regions.colors[0] != regions.colors[1])
    #expect(regions.classes == [0, 1, 0, 1])
  }

  @Test func doubtIsPaler() throws {
    let figure = Figure.boundary(
      [model(confidence: [0.5, 0.5, 1, 1])], options: BoundaryOptions(classNames: ["no", "yes"]))
    let colors = try #require(self.regions(figure)).colors
    #expect(colors[0].luminance > colors[2].luminance)
  }

  @Test func manyPointsAreThinnedOutAndSaid() {
    let figure = Figure.boundary(
      [model(points: 5000)], options: BoundaryOptions(classNames: ["no", "yes"]))
    let drawn = figure.panels[0][0].layers.reduce(0) { sum, layer in
      if case .points(let points) = layer { sum + points.xs.count } else { sum }
    }
    #expect(drawn == 2000)
    #expect(figure.notes == ["2000 of 5000 points are drawn, taken evenly."])
  }

  @Test func everythingOfAnAsymmetricGridIsInItsPlace() {
    var options = BoundaryOptions(classNames: ["p", "q", "r"])
    options.title = "T"
    options.subtitle = "S"
    options.xName = "u"
    options.yName = "v"
    let model = BoundaryModel(
      title: "net",
      grid: DecisionGrid(
        xRange: -1...2, yRange: 0...5, width: 3, height: 2, classes: [0, 1, 2, 2, 1, 0],
        confidence: [1.0 / 3, 0.5, 1, 2.0 / 3, 0.2, 1]),
      points: ClassPoints(xs: [0, 1, -1, 2], ys: [4, 3, 1, 5], classes: [2, 0, 2, 1]))
    let figure = Figure.boundary([model], options: options)
    // Sureness by hand, (c - 1/3) / (2/3) between 0 and 1: 0, 1/4, 1, 1/2, 0, 1; the background's
    // share is 0.88 - 0.3 of it: 0.88, 0.805, 0.58, 0.73, 0.88, 0.58.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'S'
        panel 0.0 'net' square
          x 'u' [-1 2]
          y 'v' [0 5]
          regions [-1 2] by [0 5], 3 by 2: #e0eef6 #faeccd #94c7ba #badbd2 #fcf3e0 #94c4df of [0, 1, 2, 2, 1, 0]
          points #00649d s1.1: 1,3
          points #ca8c00 square s1.1: 2,5
          points #006a4f triangle s1.1: 0,4 -1,1
        legend 'class' heading
        legend 'p' marker #00649d
        legend 'q' marker #ca8c00 square
        legend 'r' marker #006a4f triangle
        """)
  }

  @Test func withoutSurenessEveryClassHasOneTone() throws {
    let figure = Figure.boundary([model()], options: BoundaryOptions(classNames: ["no", "yes"]))
    // 62 % of white in #0072b2 and #e69f00.
    let colors = try #require(regions(figure)).colors
    #expect(colors.map(\.hex) == ["#9ec9e2", "#f6db9e", "#9ec9e2", "#f6db9e"])
  }

  @Test(arguments: [(150, 1.1), (151, 0.7), (600, 0.7), (601, 0.42)])
  func manyPointsAreSmaller(count: Int, size: Double) {
    let figure = Figure.boundary(
      [model(points: count)], options: BoundaryOptions(classNames: ["no", "yes"]))
    for case .points(let points) in figure.panels[0][0].layers { #expect(points.size == size) }
  }

  @Test func pointsAreThinnedEvenly() {
    let figure = Figure.boundary(
      [model(points: 5001)], options: BoundaryOptions(classNames: ["no", "yes"]))
    let drawn = figure.panels[0][0].layers.flatMap { layer -> [Double] in
      if case .points(let points) = layer { points.xs } else { [] }
    }
    #expect(drawn.sorted() == (0..<2000).map { Double($0 * 5001 / 2000) })
    let all = Figure.boundary(
      [model(points: 2000)], options: BoundaryOptions(classNames: ["no", "yes"]))
    #expect(all.notes.isEmpty)
  }

  @Test func framesOfOneNetworkStandInARow() {
    var options = BoundaryOptions(classNames: ["no", "yes"])
    options.columns = 4
    options.style = .dark
    let figure = Figure.boundary((0..<8).map { _ in model() }, options: options)
    #expect(figure.panels.map(\.count) == [4, 4])
    #expect(figure.style == .dark)
    // 12 % of black in #4480ee.
    #expect(figure.legend[1].sign == .marker(Stroke(color: Color(0x3C71D1))))
  }
}
