import Figures
import Testing

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

  @Test func aFigureOfTwoModelsIsPinned() {
    var options = FitOptions()
    options.title = "T"
    options.xName = "u"
    options.yName = "v"
    options.factor = 2
    var second = FitModel(title: "second", xs: [0, 4], predictions: [[7, 8]])
    second.colorIndex = 3
    let figure = Figure.fit(
      [
        FitModel(
          title: "first", xs: [0, 2, 4], predictions: [[1, 2, 3], [3, 6, 3], [5, 1, 3]]),
        second,
      ], data: (xs: [1, 3, 2], ys: [0, 9, 10]), options: options)
    // Means 3, 3, 3; sample deviations 2, √7, 0; the band reaches two of them.
    // One range for both: 0 to 10 and 4 % more.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'mean ± 2 deviations of 1 to 3 networks, each a thin line'
        panel 0.0 'first' grid
          x 'u'
          y 'v' [-0.4 10.4]
          upright 1 #595959 w1 dotted
          upright 3 #595959 w1 dotted
          band #0072b2 o0.2: 0,-1..7 2,-2.2915..8.2915 4,3..3
          points #595959 o0.75 s0.8: 1,0 3,9 2,10
          line #0072b2 w0.8 o0.65: 0,1 2,2 4,3
          line #0072b2 w0.8 o0.65: 0,3 2,6 4,3
          line #0072b2 w0.8 o0.65: 0,5 2,1 4,3
          line #0072b2 w2.4: 0,3 2,3 4,3
        panel 0.1 'second' grid
          x 'u'
          y 'v' [-0.4 10.4]
          upright 1 #595959 w1 dotted
          upright 3 #595959 w1 dotted
          points #595959 o0.75 s0.8: 1,0 3,9 2,10
          line #56b4e9 w2.4: 0,7 4,8
        legend 'data' marker #595959
        legend 'mean' line #1a1a1a w2.4
        legend 'a network' line #1a1a1a w0.8 o0.65
        legend '± 2 deviations' box #d1d1d1
        legend 'ends of the data' line #595959 w1 dotted
        """)
  }

  @Test func manyPointsAreSmaller() {
    func size(_ count: Int) -> Double? {
      let xs = (0..<count).map(Double.init)
      let figure = Figure.fit(
        [FitModel(title: "", xs: [0, 1], predictions: [[0, 1]])], data: (xs: xs, ys: xs))
      for case .points(let points) in figure.panels[0][0].layers { return points.size }
      return nil
    }
    #expect(size(300) == 0.8 && size(301) == 0.5)
  }

  @Test func endsWithinTheRoomAreNotMarked() {
    // 5 % of the data's width of 10: an interval that begins half before it is not beyond.
    for (ends, count) in [([-0.5, 10.5], 0), ([-0.6, 10.5], 1), ([-0.6, 10.6], 2)] {
      let figure = Figure.fit(
        [FitModel(title: "", xs: ends, predictions: [[0, 1]])], data: (xs: [0, 10], ys: [0, 1]))
      let rules = figure.panels[0][0].layers.count { layer in
        if case .rule = layer { true } else { false }
      }
      #expect(rules == count)
    }
  }
}
