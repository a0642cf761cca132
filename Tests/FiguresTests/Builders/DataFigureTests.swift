import Drawing
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

  private func twelve(_ target: DataSample.Target) -> DataSample {
    DataSample(
      columns: ["u", "v"], rows: [[0, 1], [4, 3], [1, 8], [3, 2], [2, 2]], target: target)
  }

  @Test func pointsOfClassesArePinned() {
    let figure = Figure.data(
      twelve(.classes([1, 0, 1, 2, 0], names: ["p", "q", "r"])), title: "T")
    // u reaches over 4, v over 7 (both and 8 % more): a ratio of 0.57, alike enough for a square.
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        panel 0.0 square grid
          x 'u'
          y 'v'
          points #00649d s1.1: 4,3 2,2
          points #ca8c00 square s1.1: 0,1 1,8
          points #006a4f triangle s1.1: 3,2
        legend 'class' heading
        legend 'p' marker #00649d
        legend 'q' marker #ca8c00 square
        legend 'r' marker #006a4f triangle
        """)
    let apart = DataSample(columns: ["u", "v"], rows: [[0, 1], [4, 13]], target: .none)
    #expect(!Figure.data(apart, title: "").panels[0][0].isSquare)
  }

  @Test func oneColumnIsAHistogramOfEachClass() {
    let sample = DataSample(
      columns: ["u"], rows: [0, 1, 1, 5, 7, 8].map { [$0] },
      target: .classes([0, 1, 1, 1, 0, 0], names: ["p", "q"]))
    // Eight stretches of length 1 from 0 to 8; the last one has both its ends: 7 and 8.
    #expect(
      FigureText(Figure.data(sample, title: "T")).text
        == """
        figure 'T'
        panel 0.0 grid
          x 'u'
          y 'rows'
          band #0072b2 o0.28: 0,0..0 0,0..1 1,0..1 1,0..0 2,0..0 2,0..0 3,0..0 3,0..0 4,0..0 \
        4,0..0 5,0..0 5,0..0 6,0..0 6,0..0 7,0..0 7,0..2 8,0..2 8,0..0
          line #0072b2 w1.2: 0,0 0,1 1,1 1,0 2,0 2,0 3,0 3,0 4,0 4,0 5,0 5,0 6,0 6,0 7,0 7,2 8,2 8,0
          band #e69f00 o0.28: 0,0..0 0,0..0 1,0..0 1,0..2 2,0..2 2,0..0 3,0..0 3,0..0 4,0..0 \
        4,0..0 5,0..0 5,0..1 6,0..1 6,0..0 7,0..0 7,0..0 8,0..0 8,0..0
          line #e69f00 w1.2: 0,0 0,0 1,0 1,2 2,2 2,0 3,0 3,0 4,0 4,0 5,0 5,1 6,1 6,0 7,0 7,0 8,0 8,0
        legend 'class' heading
        legend 'p' box #0072b2
        legend 'q' box #e69f00
        """)
  }

  @Test func severalColumnsWithANumberToPredictArePairs() {
    let figure = Figure.data(twelve(.values([5, 6, 7, 8, 9], name: "y")), title: "T")
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        panel 0.0 grid
          x ''
          y 'rows'
          band #0072b2 o0.28: 0,0..0 0,0..1 0.5,0..1 0.5,0..0 1,0..0 1,0..1 1.5,0..1 1.5,0..0 \
        2,0..0 2,0..1 2.5,0..1 2.5,0..0 3,0..0 3,0..1 3.5,0..1 3.5,0..1 4,0..1 4,0..0
          line #0072b2 w1.2: 0,0 0,1 0.5,1 0.5,0 1,0 1,1 1.5,1 1.5,0 2,0 2,1 2.5,1 2.5,0 3,0 3,1 \
        3.5,1 3.5,1 4,1 4,0
        panel 1.0 grid
          x ''
          y 'v'
          points #00649d s1.1: 0,1 4,3 1,8 3,2 2,2
        panel 1.1 grid
          x ''
          y ''
          band #0072b2 o0.28: 1,0..0 1,0..1 1.875,0..1 1.875,0..2 2.75,0..2 2.75,0..1 3.625,0..1 \
        3.625,0..0 4.5,0..0 4.5,0..0 5.375,0..0 5.375,0..0 6.25,0..0 6.25,0..0 7.125,0..0 \
        7.125,0..1 8,0..1 8,0..0
          line #0072b2 w1.2: 1,0 1,1 1.875,1 1.875,2 2.75,2 2.75,1 3.625,1 3.625,0 4.5,0 4.5,0 \
        5.375,0 5.375,0 6.25,0 6.25,0 7.125,0 7.125,1 8,1 8,0
        panel 2.0 grid
          x 'u'
          y 'y'
          points #00649d s1.1: 0,5 4,6 1,7 3,8 2,9
        panel 2.1 grid
          x 'v'
          y ''
          points #00649d s1.1: 1,5 3,6 8,7 2,8 2,9
        panel 2.2 grid
          x 'y'
          y ''
          band #0072b2 o0.28: 5,0..0 5,0..1 5.5,0..1 5.5,0..0 6,0..0 6,0..1 6.5,0..1 6.5,0..0 \
        7,0..0 7,0..1 7.5,0..1 7.5,0..0 8,0..0 8,0..1 8.5,0..1 8.5,0..1 9,0..1 9,0..0
          line #0072b2 w1.2: 5,0 5,1 5.5,1 5.5,0 6,0 6,1 6.5,1 6.5,0 7,0 7,1 7.5,1 7.5,0 8,0 8,1 \
        8.5,1 8.5,1 9,1 9,0
        """)
  }

  @Test func stretchesAreTheRootOfTheNumberOfValues() {
    func stretches(_ count: Int) -> Int? {
      let sample = DataSample(
        columns: ["u"], rows: (0..<count).map { [Double($0)] }, target: .none)
      // Two corners a stretch, and the two ends.
      return bands(Figure.data(sample, title: "").panels[0][0]).first.map { ($0.xs.count - 2) / 2 }
    }
    #expect([10, 100, 132, 133, 2000].map(stretches) == [8, 10, 11, 12, 40])
  }

  @Test func sixColumnsHaveHistogramsAndFiveArePairs() {
    #expect(Figure.data(sample(columns: 5, target: classes), title: "").panels.count == 5)
    let six = Figure.data(sample(columns: 6, target: classes), title: "")
    #expect(six.panels.map(\.count) == [3, 3])
    #expect(six.panels.joined().map(\.x.name) == (0..<6).map { "c\($0)" })
    #expect(six.panels.joined().allSatisfy { $0.y.name == "rows" })
    #expect(six.legend.last?.sign == .box(Color(0x00795A)))
  }

  @Test func manyPointsAreSaid() {
    let many = DataSample(
      columns: ["u", "v"], rows: (0..<2001).map { [Double($0), 0] }, target: .none)
    #expect(
      Figure.data(many, title: "").notes == ["2000 of 2001 points are drawn, taken evenly."])
    #expect(Figure.data(twelve(.none), title: "").notes.isEmpty)
  }
}
