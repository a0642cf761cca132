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
}

@Suite struct FitFigureTests {
  private let xs = [-2.0, -1, 0, 1, 2]

  private func figure(_ predictions: [[Double]]) -> Figure {
    Figure.fit(
      [FitModel(title: "net", xs: xs, predictions: predictions)],
      data: (xs: [-1, 0, 1], ys: [0, 0.5, 1]))
  }

  @Test func everyNetworkTheMeanAndTheDeviationAreDrawn() {
    let figure = self.figure([[0, 0, 0, 0, 0], [2, 2, 2, 2, 2]])
    var lines: [[Double]] = []
    var bands: [Band] = []
    for layer in figure.panels[0][0].layers {
      if case .line(let line) = layer { lines.append(line.ys) }
      if case .band(let band) = layer { bands.append(band) }
    }
    #expect(lines == [[0, 0, 0, 0, 0], [2, 2, 2, 2, 2], [1, 1, 1, 1, 1]])
    #expect(bands.count == 1)
    #expect(abs((bands.first?.upper.first ?? 0) - (1 + 2.0.squareRoot())) < 1e-12)
  }

  @Test func theEndsOfTheDataAreMarked() {
    let rules = figure([[0, 0, 0, 0, 0]]).panels[0][0].layers.compactMap { layer -> Rule? in
      if case .rule(let rule) = layer { rule } else { nil }
    }
    #expect(rules.map(\.place) == [.x(-1), .x(1)])
  }

  @Test func oneNetworkHasNoBand() {
    let figure = self.figure([[0, 0, 0, 0, 0]])
    for case .band in figure.panels[0][0].layers { Issue.record("a band") }
    #expect(figure.subtitle.isEmpty)
  }

  @Test func panelsShareOneRange() {
    let models = [1.0, 9].map { level in
      FitModel(title: "", xs: xs, predictions: [xs.map { _ in level }])
    }
    let figure = Figure.fit(models, data: (xs: [0], ys: [0]))
    #expect(Set(figure.panels[0].map { $0.ranges.y }).count == 1)
  }
}
