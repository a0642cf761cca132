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
    #expect(figure.legend.map(\.label) == ["full batch"])
  }

  @Test func longPathsAreThinned() {
    let xs = (0..<20_000).map { Double($0) / 20_000 }
    let path = DescentPath(name: "p", xs: xs, ys: xs)
    let figure = Figure.landscape([landscape([1, 2, 3, 4], [path])], title: "t")
    for case .line(let line) in figure.panels[0][0].layers { #expect(line.xs.count == 1500) }
  }
}
