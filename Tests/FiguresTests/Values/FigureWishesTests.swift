import Drawing
import Figures
import Testing

@Suite struct FigureWishesTests {
  private let figure = Figure(
    title: "A title",
    panels: [
      [
        Panel(x: Axis("epoch"), y: Axis("loss", unit: "nats", scale: .log), layers: []),
        Panel(
          x: Axis("lr", scale: .categories(["a", "b"])), y: Axis("accuracy", tickValues: [0, 5]),
          layers: []),
      ]
    ], legend: [LegendEntry("a", .box(.black))])

  @Test func rangesAndLabelsReachEveryAxisOfNumbers() throws {
    var wishes = FigureWishes()
    wishes.xRange = 2...8
    wishes.yRange = 0.5...2
    wishes.xLabel = "Epochs"
    wishes.yLabel = "L"
    let panels = try figure.adjusted(wishes).panels[0]
    #expect(panels[0].x.range == 2...8 && panels[0].x.label == "Epochs")
    #expect(panels[0].y.range == 0.5...2 && panels[0].y.label == "L")
    // Names have no range; ticks outside of the range go.
    #expect(panels[1].x.range == nil && panels[1].x.scale == .categories(["a", "b"]))
    #expect(panels[1].y.tickValues == nil)
  }

  @Test func titleAndLegendCanBeLeftOut() throws {
    var wishes = FigureWishes()
    wishes.hasNoTitle = true
    wishes.hasNoLegend = true
    wishes.size = FigureSize(width: 200, dotsPerInch: 300)
    let adjusted = try figure.adjusted(wishes)
    #expect(adjusted.title.isEmpty && adjusted.legend.isEmpty && adjusted.size.width == 200)
    #expect(try figure.adjusted(FigureWishes()) == figure)
  }

  @Test func aLogarithmicAxisCannotBeginAtZero() {
    var wishes = FigureWishes()
    wishes.yRange = 0...1
    #expect(throws: FigureProblem.self) { try figure.adjusted(wishes) }
  }
}
