import Drawing
import Figures
import Foundation
import GnuplotBackend
import Testing
import Tracking

/// Kinds of figures at eight centimetres: no name is cut, none lies on another.
@Suite struct NarrowLayoutTests {
  private static let width = 8 * 72 / 2.54

  private func laidOut(_ figure: Figure) -> Layout {
    var figure = figure
    figure.size = FigureSize(width: Self.width)
    return Layout(figure)
  }

  private func parallel(_ count: Int) -> Figure {
    var options = SweepOptions(metric: .valLoss, xName: "")
    options.title = "all"
    return Figure.parallel(
      (0..<count).map { index in
        ParallelLine(
          values: [.text("a long name \(index)"), .number([0.001, 0.01, 0.1][index % 3])],
          metric: 0.2 + Double(index))
      }, keys: ["model", "lr"], options: options)
  }

  @Test(arguments: [1, 3, 8, 24, 60]) func namesBesideUprightAxesLieWithinThePicture(count: Int)
    throws
  {
    let layout = laidOut(parallel(count))
    let panel = try #require(layout.panels.first)
    var places: [Double: [Double]] = [:]
    for case .note(let note) in panel.panel.layers {
      let x = panel.frame.x + panel.panel.x.position(note.x, in: panel.xRange) * panel.frame.width
      #expect(x - TextMeasure.width(note.text, size: Style.tickSize) >= 0, "\(note.text)")
      places[note.x, default: []].append(
        panel.panel.y.position(note.y, in: panel.yRange) * panel.frame.height)
    }
    #expect(places.count == 3)
    for heights in places.values.map({ $0.sorted() }) {
      // Letters of 11 units do not touch.
      for (a, b) in zip(heights, heights.dropFirst()) {
        #expect(b - a > 10, "\(count): \(heights)")
      }
    }
    // Upright axes need no frame around them.
    #expect(Script(parallel(count)).commands.contains("unset border\n"))
  }

  @Test func namesAreBrokenBeforeTheyAreSlanted() throws {
    func layout(_ names: [String]) -> Layout {
      let values = names.enumerated().map { index, name in
        SweepValue(
          x: .text(name), group: "", seed: 1, value: Double(index), hasDiverged: false)
      }
      return laidOut(.final(values, options: SweepOptions(metric: .valLoss, xName: "model")))
    }
    let broken = layout(["wide", "narrow and deep", "with dropout"])
    #expect(broken.texts.allSatisfy { $0.rotation == 0 || $0.rotation == 90 })
    let words = broken.texts.map(\.text)
    #expect(words.contains("wide"))
    #expect(
      words.filter { "narrow and deep".contains($0) && $0 != "" }.joined(separator: " ")
        == "narrow and deep")
    // The axis's name stands below all lines.
    let name = try #require(broken.texts.first { $0.text == "model" })
    let lowest = broken.texts.filter { "narrow and deep with dropout".contains($0.text) }.map(\.y)
    #expect(name.y > (lowest.max() ?? 0) + 10)
    let slanted = layout(["unbreakable_name_one", "unbreakable_name_two", "three", "four"])
    #expect(slanted.texts.contains { $0.rotation == 35 })
  }

  @Test(arguments: [3, 24]) func cellsKeepTheirNumbersAndTheBarItsName(rows: Int) throws {
    var options = SweepOptions(metric: .valLoss, xName: "lr")
    options.yName = "model"
    let values = (0..<rows).flatMap { row in
      [0.001, 0.01, 0.1].map { rate in
        SweepValue(
          x: .number(rate), y: .text("narrow and deep \(row)"), group: "", seed: 1,
          value: 0.2 + rate + Double(row), hasDiverged: false)
      }
    }
    let layout = laidOut(.heatMap(values, options: options))
    let frame = try #require(layout.panels.first).frame
    #expect(frame.height / Double(rows) >= 24)
    let turned = layout.texts.filter { $0.rotation == 90 }.map(\.text)
    #expect(turned.joined(separator: " ").contains("lighter: less"), "\(turned)")
    #expect(!layout.texts.contains { $0.text.contains("…") })
    #expect(!layout.texts.contains { $0.text.contains("too small") })
    for text in layout.texts { #expect(text.x <= layout.width + 0.5, "\(text.text)") }
  }

  /// Long names beside the rows are broken at blanks, so that the cells keep room for their numbers.
  @Test func namesBesideRowsAreBroken() throws {
    var options = SweepOptions(metric: .valLoss, xName: "lr")
    options.yName = "model"
    let names = ["a network of three wide layers", "another one without any dropout"]
    let values = names.enumerated().flatMap { row, name in
      [0.001, 0.01, 0.1].map { rate in
        SweepValue(
          x: .number(rate), y: .text(name), group: "", seed: 1, value: 0.2 + rate + Double(row),
          hasDiverged: false)
      }
    }
    let layout = laidOut(.heatMap(values, options: options))
    let frame = try #require(layout.panels.first).frame
    let beside = layout.texts.filter { $0.anchor == .right && $0.x < frame.x && $0.rotation == 0 }
    #expect(beside.count > 2 && beside.allSatisfy { !$0.text.contains("…") })
    let words = Set(beside.flatMap { $0.text.split(separator: " ").map(String.init) })
    #expect(words == Set(names.flatMap { $0.split(separator: " ").map(String.init) }))
    #expect(frame.width > 60)
    #expect(!layout.texts.contains { $0.text.contains("too small") })
  }

  private func planes(_ count: Int, names: (Int) -> String = { _ in "x1" }) -> Figure {
    let panels = (0..<count).map { index in
      Panel(
        title: "hidden layer of 16, relu, lr=\(index)", x: Axis(names(index)), y: Axis("x2"),
        layers: [.points(Points(xs: [-1, 0, 1], ys: [-1, 1, 1], stroke: Stroke(color: .black)))],
        isSquare: true)
    }
    return Figure(title: "many", panels: Figure.rows(of: panels))
  }

  /// Many panels are smaller and side by side, so that they fit a page, and what their axes are called
  /// stands once.
  @Test(arguments: [9, 12, 18]) func manyPanelsFitAPage(count: Int) throws {
    let layout = laidOut(planes(count))
    #expect(layout.height * layout.unit <= 24 * 72 / 2.54 + 1)
    #expect(abs(layout.width * layout.unit - Self.width) < 0.01)
    let columns = Set(layout.panels.map { $0.frame.x.rounded() }).count
    #expect(columns > 1)
    for panel in layout.panels { #expect(panel.frame.width >= 48) }
    #expect(layout.texts.count { $0.text == "x1" } == columns)
    let rows = Set(layout.panels.map { $0.frame.y.rounded() }).count
    #expect(layout.texts.count { $0.text == "x2" } == rows)
    // Rows are full but for the last.
    #expect(rows == (count + columns - 1) / columns)
    // Titles are whole, and end before the next panel's begin.
    let titles = layout.texts.filter { $0.size == Style.panelTitleSize }
    #expect(!titles.contains { $0.text.contains("…") })
    for a in titles {
      for b in titles where a.y == b.y && a.x < b.x {
        let halves =
          (TextMeasure.width(a.text, size: a.size) + TextMeasure.width(b.text, size: b.size)) / 2
        #expect(b.x - a.x >= halves, "\(a.text) | \(b.text)")
      }
    }
    for text in layout.texts where text.rotation == 0 {
      let width = TextMeasure.width(text.text, size: text.size)
      let left = text.anchor == .left ? text.x : text.x - width * (text.anchor == .right ? 1 : 0.5)
      #expect(left >= -0.5 && left + width <= layout.width + 0.5, "\(text.text)")
    }
  }

  /// A few panels stay as large as they are; axes of names of their own lose these only among many.
  @Test func namesOfAxesThatDifferAreLeftOutAndThatIsSaid() {
    let said = "The names of the axes have no room beside panels so small."
    let few = laidOut(planes(3) { "axis \($0)" })
    #expect(few.texts.count { $0.text.hasPrefix("axis ") } == 3)
    #expect(!few.texts.contains { $0.text == said })
    let many = laidOut(planes(24) { "axis \($0)" })
    #expect(!many.texts.contains { $0.text.hasPrefix("axis ") })
    #expect(many.texts.map(\.text).joined(separator: " ").contains(said))
  }

  /// The scale of several matrices stands once above them, and takes no room beside any.
  @Test func severalMatricesShareAScale() throws {
    var options = ConfusionOptions(classNames: ["a", "b", "c"])
    options.title = "T"
    func figure(_ count: Int) -> Figure {
      .confusion(
        (0..<count).map {
          ConfusionCounts(title: "net \($0)", counts: [[6, 2, 0], [1, 3, 0], [0, 1, 2]])
        }, options: options)
    }
    let several = laidOut(figure(3))
    let right = several.panels.map(\.frame.right).max() ?? 0
    #expect(several.width - right < 40)
    // Darkest at the left, lightest at the right, above the first panel.
    let strip = several.boxes.filter { $0.rect.bottom < several.panels[0].frame.y }
    #expect(strip.count > 20)
    #expect((strip.first?.color.luminance ?? 1) < (strip.last?.color.luminance ?? 0))
    #expect(strip.allSatisfy { $0.rect.right == strip[0].rect.right })
    #expect(several.texts.contains { $0.text == "share of the true class, 0 to 1" })
    #expect(
      laidOut(figure(1)).texts.contains { $0.text.hasPrefix("share of") && $0.rotation == 90 })
  }

  /// Small pictures stand side by side before panels of them do.
  @Test func smallPicturesFillTheWidth() {
    let tile = Tiles.Tile(
      width: 28, height: 28, colors: [Color](repeating: .black, count: 784),
      caption: "is Trouser\nsaid Pullover, 31 %")
    let panel = Panel(
      title: "net", tiles: Tiles([Tiles.Tile](repeating: tile, count: 18), columns: 6))
    let layout = laidOut(Figure(title: "t", panels: [[panel, panel]]))
    #expect(layout.panels.count == 2 && layout.height < 2 * 900)
    for placed in layout.panels {
      guard case .tiles(let tiles) = placed.panel.layers[0] else { continue }
      #expect(tiles.columns >= 2)
    }
    #expect(layout.panels[0].frame.x == layout.panels[1].frame.x)
  }

  /// Of sixty names along an axis those that are shown do not lie on each other.
  @Test func slantedNamesHaveRoom() {
    let values = (0..<60).map { index in
      SweepValue(
        x: .text("network_number_\(index)"), group: "", seed: 1, value: Double(index),
        hasDiverged: false)
    }
    let layout = laidOut(.final(values, options: SweepOptions(metric: .valLoss, xName: "model")))
    let places = layout.texts.filter { $0.rotation == 35 }.map(\.x).sorted()
    #expect(places.count > 5)
    // Letters of 11 units at 35 degrees.
    for (a, b) in zip(places, places.dropFirst()) { #expect((b - a) * sin(35 * .pi / 180) > 11) }
    #expect(layout.texts.contains { $0.text == "Not every name has room along its axis." })
  }
}
