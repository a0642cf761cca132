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
