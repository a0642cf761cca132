import Figures
import Testing

@Suite struct DataFigureTests {
  private func sample(columns: Int, target: DataSample.Target) -> DataSample {
    DataSample(
      columns: (0..<columns).map { "c\($0)" },
      rows: (0..<12).map { row in (0..<columns).map { Double(row * (1 + $0)) } }, target: target)
  }

  private let classes = DataSample.Target.classes((0..<12).map { $0 % 3 }, names: ["p", "q", "r"])

  private func points(_ panel: Panel) -> [Points] {
    panel.layers.compactMap { if case .points(let points) = $0 { points } else { nil } }
  }

  private func bands(_ panel: Panel) -> [Band] {
    panel.layers.compactMap { if case .band(let band) = $0 { band } else { nil } }
  }

  @Test func classesInThePlaneHaveColours() {
    let figure = Figure.data(sample(columns: 2, target: classes), title: "t")
    #expect(figure.panels.map(\.count) == [1])
    #expect(points(figure.panels[0][0]).map(\.xs.count) == [4, 4, 4])
    #expect(figure.legend.map(\.label) == ["class", "p", "q", "r"])
  }

  @Test func aNumberIsDrawnAgainstItsOneFeature() {
    let values = (0..<12).map { Double($0 * $0) }
    let figure = Figure.data(
      sample(columns: 1, target: .values(values, name: "y")), title: "t")
    #expect(figure.panels[0][0].y.name == "y")
    #expect(points(figure.panels[0][0])[0].ys == values)
  }

  @Test func threeColumnsStandAgainstEachOther() {
    let figure = Figure.data(sample(columns: 3, target: classes), title: "t")
    #expect(figure.panels.map(\.count) == [1, 2, 3])
    #expect(bands(figure.panels[2][2]).count == 3)
    #expect(figure.panels[2].map(\.x.name) == ["c0", "c1", "c2"])
    #expect(figure.panels[1][0].y.name == "c1")
  }

  @Test func aHistogramCountsEveryRowOnce() throws {
    let figure = Figure.data(sample(columns: 1, target: .none), title: "t")
    let band = try #require(bands(figure.panels[0][0]).first)
    // The outline has two corners a stretch, and one at either end.
    let inner = band.upper.dropFirst().dropLast()
    #expect(inner.reduce(0, +) == 24)
    #expect(band.lower.allSatisfy { $0 == 0 })
  }

  @Test func manyColumnsHaveAHistogramEachAndTheRestIsSaid() {
    let figure = Figure.data(sample(columns: 20, target: classes), title: "t")
    #expect(figure.panels.joined().count == 16)
    #expect(figure.notes == ["4 further columns not drawn."])
  }

  @Test func numbersThatAreNotFiniteAreCounted() {
    let rows: [[Double]] = [[.nan, 1], [2, .infinity], [3, 4]]
    let figure = Figure.data(
      DataSample(columns: ["a", "b"], rows: rows, target: .none), title: "t")
    #expect(figure.notes == ["2 numbers without a finite value."])
  }

  @Test func imagesOfAClassStandInARow() throws {
    let grey = SampleImage(width: 1, height: 2, pixels: [0, 1])
    let red = SampleImage(width: 1, height: 1, pixels: [1, 0, 0])
    let figure = Figure.imageData([("p", [grey]), ("q", [red, grey])], title: "t")
    guard case .tiles(let tiles) = figure.panels[0][0].layers[0] else {
      Issue.record("no pictures")
      return
    }
    #expect(tiles.rows.map(\.count) == [1, 2])
    #expect(tiles.rows[0][0].colors == [.black, .white])
    #expect(tiles.rows[1][0].colors == [Color(0xFF0000)])
    #expect(figure.panels[0][0].y.scale == .categories(["q", "p"]))
  }
}
