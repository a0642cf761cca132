import Drawing
import Figures
import Testing

@Suite struct LandscapeFigureTests {
  private func landscape(_ losses: [Double], _ paths: [DescentPath] = []) -> Landscape {
    Landscape(
      title: "", grid: LossGrid(xRange: 0...1, yRange: 0...1, width: 2, height: 2, losses: losses),
      paths: paths, xName: "a", yName: "b")
  }

  private func colors(_ figure: Figure) -> [Color] {
    for case .regions(let regions) in figure.panels[0][0].layers { return regions.colors }
    return []
  }

  @Test func aLossThatIsNotFiniteIsGrey() {
    let figure = Figure.landscape([landscape([1, 2, .infinity, .nan])], title: "t")
    #expect(colors(figure).map { $0 == Style.light.absent } == [false, false, true, true])
    #expect(figure.notes == ["Grey: the loss is not finite."])
  }

  @Test func aLossThatReachesFarHasALogarithmicScale() {
    let far = Figure.landscape([landscape([0.01, 0.1, 1, 10])], title: "t")
    let near = Figure.landscape([landscape([1, 2, 3, 4])], title: "t")
    #expect(far.panels[0][0].colorScale?.axis.scale == .log)
    #expect(near.panels[0][0].colorScale?.axis.scale == .linear)
  }

  @Test func aPathBeginsAtACircleAndEndsAtADisc() {
    let path = DescentPath(name: "full batch", xs: [0, 0.5, 1], ys: [1, 0.5, 0])
    let figure = Figure.landscape([landscape([1, 2, 3, 4], [path])], title: "t")
    let markers = figure.panels[0][0].layers.compactMap { layer -> (Marker, Double)? in
      if case .points(let points) = layer { (points.stroke.marker, points.xs[0]) } else { nil }
    }
    #expect(markers.map(\.0) == [.disc, .circle, .disc, .disc])
    #expect(markers.map(\.1) == [0, 0, 1, 1])
    #expect(figure.legend.map(\.label) == ["full batch", "start", "end"])
  }

  /// Beyond so many looks as can be told apart ways are grey, behind the others, and counted.
  @Test func manyWaysAreGrey() {
    let paths = (0..<30).map { index in
      DescentPath(name: "way \(index)", xs: [0, Double(index)], ys: [0, 1])
    }
    let figure = Figure.landscape([landscape([1, 2, 3, 4], paths)], title: "t")
    let strokes = figure.legend.compactMap { entry -> Stroke? in
      if case .line(let stroke) = entry.sign { stroke } else { nil }
    }
    #expect(strokes.count == 25 && Set(strokes).count == 25)
    #expect(figure.legend.map(\.label).contains("6 more"))
    #expect(figure.notes.last?.hasPrefix("24 of 30 have a colour") == true)
    let lines = figure.panels[0][0].layers.compactMap { layer -> Line? in
      if case .line(let line) = layer { line } else { nil }
    }
    // An edge and a line each.
    #expect(lines.count == 60 && lines[1].xs == [0, 24] && lines[13].xs == [0, 0])
  }

  @Test func longPathsAreThinned() {
    let xs = (0..<20_000).map { Double($0) / 20_000 }
    let path = DescentPath(name: "p", xs: xs, ys: xs)
    let figure = Figure.landscape([landscape([1, 2, 3, 4], [path])], title: "t")
    for case .line(let line) in figure.panels[0][0].layers { #expect(line.xs.count == 1500) }
  }

  @Test func aFigureOfTwoWaysIsPinned() {
    let grid = LossGrid(
      xRange: -1...1, yRange: 0...3, width: 3, height: 2, losses: [1, 2, 4, 3, .nan, 5])
    let figure = Figure.landscape(
      [
        Landscape(
          title: "L", grid: grid,
          paths: [
            DescentPath(name: "full", xs: [0, 0.5, 1], ys: [3, 2, 1]),
            DescentPath(name: "single", xs: [0, -1, .nan], ys: [3, 0, 0]),
          ], xName: "a", yName: "b")
      ], title: "T", subtitle: "S", notes: ["N"])
    // Of five finite losses the one at place 5 · 98 / 100 = 4 is 5: the scale is 1 to 5. Shares 0,
    // 1/4, 3/4, 1/2, -, 1 of 18 steps: 0, 4, 13, 9, 18; a step's colour is that of its middle.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'S'
        panel 0.0 'L' square
          x 'a' [-1 1]
          y 'b' [0 3]
          colours reversed [1 5] 'loss' [1 5]
          regions [-1 1] by [0 3], 3 by 2: #ebe527 #5ec962 #3b528b #238a8c #d0d0d0 #440154
          line #ffffff w2.9 o0.75: 0,3 0.5,2 1,1
          line #d55e00 w1.7: 0,3 0.5,2 1,1
          points #ffffff s2.1: 0,3
          points #d55e00 circle s1.6: 0,3
          points #ffffff s2: 1,1
          points #d55e00 s1.5: 1,1
          line #ffffff w2.9 o0.75: 0,3 -1,0 nan,0
          line #111111 w1.7 square: 0,3 -1,0 nan,0
          points #ffffff s2.1: 0,3
          points #111111 circle s1.6: 0,3
          points #ffffff s2: -1,0
          points #111111 s1.5: -1,0
        legend 'full' line #d55e00
        legend 'single' line #111111 square
        legend 'start' marker #595959 circle
        legend 'end' marker #595959
        note 'N'
        note 'Grey: the loss is not finite.'
        """)
  }

  @Test func aFewCliffsDoNotTakeAllColours() {
    // Of 100 losses one is a cliff: place 98 of the sorted ones is 2.
    let losses = [Double](repeating: 1, count: 50) + [Double](repeating: 2, count: 49) + [1e6]
    let grid = LossGrid(xRange: 0...1, yRange: 0...1, width: 10, height: 10, losses: losses)
    let figure = Figure.landscape(
      [Landscape(title: "", grid: grid, paths: [], xName: "a", yName: "b")], title: "")
    #expect(figure.panels[0][0].colorScale?.range == 1...2)
  }

  @Test func aScaleIsLogarithmicBeyondEightTimes() {
    for (most, scale) in [(8.0, Axis.Scale.linear), (8.1, .log)] {
      let figure = Figure.landscape([landscape([1, 1, 1, most])], title: "")
      #expect(figure.panels[0][0].colorScale?.axis.scale == scale)
    }
    let negative = Figure.landscape([landscape([-1, 1, 1, 90])], title: "")
    #expect(negative.panels[0][0].colorScale?.axis.scale == .linear)
  }

  @Test func waysHaveFourTonesAndAnEdgeThatStandsOut() {
    func strokes(_ count: Int) -> [Stroke] {
      let paths = (0..<count).map { DescentPath(name: "\($0)", xs: [0, 1], ys: [0, 1]) }
      return Figure.landscape([landscape([1, 2, 3, 4], paths)], title: "").panels[0][0].layers
        .compactMap { if case .line(let line) = $0 { line.stroke } else { nil } }
    }
    // The relative luminance of #56b4e9 is 0.41, that of the others below 0.3.
    #expect(
      strokes(4).map(\.color.hex) == [
        "#ffffff", "#d55e00", "#ffffff", "#111111", "#ffffff", "#cc79a7", "#222222", "#56b4e9",
      ])
    #expect(strokes(5).map(\.color.hex)[1] == "#0072b2")
    #expect(strokes(8)[1].width == 1.7 && strokes(9)[1].width == 1)
  }
}
