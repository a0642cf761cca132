import Drawing
import Figures
import Foundation
import GnuplotBackend
import Testing
import Tracking

/// Figures of a size that was asked for.
@Suite struct SizedLayoutTests {
  private static let cm = 72 / 2.54

  private func figure(_ panels: Int, series: Int = 3, width: Double?, height: Double? = nil)
    -> Figure
  {
    let all = (0..<panels).map { panel in
      Panel(
        title: "panel \(panel)", x: Axis("epoch"), y: Axis("loss"),
        layers: [
          .line(Line(xs: [0, 10], ys: [0, 1], stroke: Style.light.series(0, of: series)))
        ])
    }
    var figure = Figure(
      title: "A title that is long enough to need more than one line of eight centimetres",
      subtitle: "mean ± one deviation over 5 seeds", panels: [all],
      legend: (0..<series).map {
        LegendEntry("series \($0)", .line(Style.light.series($0, of: series)))
      }, notes: ["Values are the final ones."])
    figure.size = FigureSize(width: width, height: height)
    return figure
  }

  @Test(arguments: [1, 2, 3, 5]) func textIsReadableAtEightCentimetres(panels: Int) {
    let layout = Layout(figure(panels, series: 14, width: 8 * Self.cm))
    #expect(abs(layout.width * layout.unit - 8 * Self.cm) < 0.01)
    for text in layout.texts where !text.text.isEmpty {
      #expect(text.size * layout.unit >= 5.99, "\(text.text)")
      #expect(text.x >= -0.5 && text.x <= layout.width + 0.5, "\(text.text)")
    }
    for panel in layout.panels {
      #expect(panel.frame.x >= 0 && panel.frame.right <= layout.width)
      #expect(panel.frame.width >= 100 && panel.frame.height >= 60)
    }
  }

  @Test func panelsThatWouldBeTooNarrowGoBelowEachOther() {
    let narrow = Layout(figure(3, width: 8 * Self.cm)).panels.map(\.frame)
    #expect(Set(narrow.map { $0.x.rounded() }).count == 1)
    let wide = Layout(figure(3, width: 24 * Self.cm)).panels.map(\.frame)
    #expect(Set(wide.map { $0.y.rounded() }).count == 1)
  }

  @Test func aHeightIsKept() {
    let layout = Layout(figure(1, width: 10 * Self.cm, height: 7 * Self.cm))
    #expect(abs(layout.height * layout.unit - 7 * Self.cm) < 0.5)
    #expect(abs(layout.width * layout.unit - 10 * Self.cm) < 0.01)
  }

  /// However many names there are, the panel keeps its room in a height that was asked for, here beside
  /// a title of two lines and a note, and what has no room is counted.
  @Test(arguments: [3, 12, 30, 60, 300]) func theLegendLeavesRoomForThePanel(series: Int) throws {
    let layout = Layout(figure(1, series: series, width: 8 * Self.cm, height: 7 * Self.cm))
    let frame = try #require(layout.panels.first).frame
    #expect(frame.height >= layout.height * 0.18, "\(frame.height) of \(layout.height)")
    #expect(abs(layout.height * layout.unit - 7 * Self.cm) < 0.5)
    let names = layout.texts.map(\.text).filter { $0.hasPrefix("series ") }
    #expect(Set(names).count == names.count)
    let rest = layout.texts.map(\.text).compactMap {
      try? #/and (\d+) more/#.wholeMatch(in: $0).map { Int($0.output.1) } ?? nil
    }
    #expect(names.count + (rest.first ?? 0) == series)
    #expect(rest.count == (names.count < series ? 1 : 0))
  }

  @Test func largerTextInTheSameWidthLeavesLessForThePanel() throws {
    var large = figure(1, width: nil)
    large.size.fontSize = 14
    let natural = Layout(figure(1, width: nil))
    let layout = Layout(large)
    // 1 unit of a natural layout is a pixel of 0.75 points.
    #expect(abs(layout.width * layout.unit - natural.width * 0.75) < 0.01)
    let frame = try #require(layout.panels.first).frame
    let before = try #require(natural.panels.first).frame
    #expect(frame.width * layout.unit < before.width * 0.75)
    #expect(abs(Style.labelSize * layout.unit - 14) < 1e-9)
  }

  @Test func picturesHaveTheSizeThatWasAskedFor() throws {
    let script = Script(figure(1, width: 8 * Self.cm))
    // 226.77 points: 3.1496 inches, of 192 pixels each 604.7.
    #expect(script.terminal(.png).contains("size 605,"))
    #expect(script.terminal(.pdf).contains("size 3.149"))
    var dense = figure(1, width: 8 * Self.cm)
    dense.size.dotsPerInch = 300
    #expect(Script(dense).terminal(.png).contains("size 945,"))
    let svg = try FigureWriter().svg(figure(1, width: 8 * Self.cm))
    #expect(svg.contains(#"width="226.77pt""#))
    let plain = try FigureWriter().svg(figure(1, width: nil))
    let box = try #require(
      plain.firstMatch(of: /width="(\d+)" height="(\d+)" viewBox="0 0 (\d+) (\d+)"/))
    #expect(box.1 == box.3 && box.2 == box.4)
  }

  @Test func titlesOfPanelsAndAxesAreBrokenAndNotCut() {
    let title = "model with a long name, lr=0.03, optimizer=adam, batch_size=32, fold 1"
    let panels = (0..<3).map {
      Panel(title: "\(title) \($0)", x: Axis("x"), y: Axis("y"), layers: [])
    }
    let texts = Layout(Figure(title: "", panels: [panels])).texts.map(\.text)
    #expect(!texts.contains { $0.contains("…") })
    #expect(texts.joined(separator: " ").contains(title + " 2"))
  }

  @Test func planesHaveEqualUnits() throws {
    let points = Points(xs: [0, 1], ys: [0, 10], stroke: Stroke(color: .black))
    let panel = Panel(x: Axis("a"), y: Axis("b"), layers: [.points(points)], isSquare: true)
    let placed = try #require(Layout(Figure(title: "", panels: [[panel]])).panels.first)
    let x = placed.frame.width / (placed.xRange.upperBound - placed.xRange.lowerBound)
    let y = placed.frame.height / (placed.yRange.upperBound - placed.yRange.lowerBound)
    #expect(abs(x / y - 1) < 0.01)
  }

  @Test func whatHasNoRoomIsSaid() {
    let names = (0..<90).map { "name \($0)" }
    let values = names.enumerated().map { index, name in
      SweepValue(
        x: .integer(index % 2), y: .text(name), seed: 0, value: Double(index))
    }
    var options = SweepOptions(metric: .valLoss, xName: "k")
    options.yName = "model"
    let figure = Figure.heatMap(values, options: options)
    let texts = Layout(figure).texts.map(\.text)
    #expect(texts.contains("Not every name has room along its axis."))
    var small = Figure.heatMap(
      (0..<64).map {
        SweepValue(x: .integer($0 % 8), y: .integer($0 / 8), seed: 0, value: Double($0) / 7)
      }, options: options)
    small.size.width = 4 * Self.cm
    let said = Layout(small).texts.map(\.text).joined(separator: " ")
    #expect(said.contains("The cells are too small for their numbers."))
  }
}
