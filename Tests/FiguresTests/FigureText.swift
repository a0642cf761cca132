import Drawing
import Figures
import Foundation

/// A figure as lines of text in which nothing of it is left out, so that a test can pin all of it.
///
/// What has its usual value is not written: a width of 1.8, a solid line, a disc, full opacity, a
/// size of 1, the light style.
struct FigureText {
  private(set) var lines: [String] = []

  init(_ figure: Figure) {
    lines.append("figure '\(figure.title)'" + Self.optional(" / ", figure.subtitle))
    if figure.style != .light { lines.append(figure.style == .dark ? "dark" : "other style") }
    for (row, panels) in figure.panels.enumerated() {
      for (column, panel) in panels.enumerated() { add(panel, "panel \(row).\(column)") }
    }
    for entry in figure.legend { lines.append("legend '\(entry.label)' " + Self.text(entry.sign)) }
    for note in figure.notes { lines.append("note '\(note)'") }
  }

  var text: String { lines.joined(separator: "\n") }

  private mutating func add(_ panel: Panel, _ name: String) {
    let flags = (panel.isSquare ? " square" : "") + (panel.hasGrid ? " grid" : "")
    lines.append(name + Self.optional(" ", panel.title) + flags)
    lines.append("  x " + Self.text(panel.x))
    lines.append("  y " + Self.text(panel.y))
    if let scale = panel.colorScale {
      lines.append(
        "  colours \(scale.isReversed ? "reversed " : "")\(Self.text(scale.range)) "
          + Self.text(scale.axis) + (scale.label == scale.axis.name ? "" : " (\(scale.label))"))
    }
    for layer in panel.layers { lines += Self.lines(of: layer).map { "  " + $0 } }
  }

  private static func lines(of layer: Layer) -> [String] {
    switch layer {
    case .line(let line):
      ["line \(text(line.stroke))\(line.hasMarkers ? " marked" : ""): \(pairs(line.xs, line.ys))"]
    case .band(let band):
      [
        "band \(band.color.hex) o\(text(band.opacity)): "
          + zip(band.xs, zip(band.lower, band.upper)).map {
            "\(text($0)),\(text($1.0))..\(text($1.1))"
          }.joined(separator: " ")
      ]
    case .points(let points):
      [
        "points \(text(points.stroke))\(points.size == 1 ? "" : " s" + text(points.size)): "
          + pairs(points.xs, points.ys)
          + (points.bars.map { bars in
            " ± "
              + zip(bars.lower, bars.upper).map { text(($1 - $0) / 2) }.joined(separator: " ")
          } ?? "")
      ]
    case .colored(let points):
      [
        "colored s\(text(points.size)): \(pairs(points.xs, points.ys)) in "
          + points.colors.map(\.hex).joined(separator: " ")
      ]
    case .heatMap(let map):
      ["cells"]
        + map.rows.map { row in
          "  "
            + row.map { "\($0.color.hex)\($0.isHatched ? "/" : "") '\($0.text)'" }
            .joined(separator: " ")
        }
    case .regions(let regions):
      [
        "regions \(text(regions.xRange)) by \(text(regions.yRange)), \(regions.width) by"
          + " \(regions.height): " + regions.colors.map(\.hex).joined(separator: " ")
          + (regions.classes.isEmpty ? "" : " of \(regions.classes)")
      ]
    case .note(let note):
      ["'\(note.text)' at \(text(note.x)),\(text(note.y)) \(note.anchor) \(note.color.hex)"]
    case .rule(let rule):
      switch rule.place {
      case .x(let value): ["upright \(text(value)) \(text(rule.stroke))"]
      case .y(let value): ["level \(text(value)) \(text(rule.stroke))"]
      }
    case .tiles(let tiles):
      ["tiles of \(text(tiles.size))"]
        + tiles.rows.map { row in "  " + row.map(text).joined(separator: "; ") }
    case .diagram(let diagram):
      ["boxes \(diagram.isUpward ? "upwards" : "downwards")"] + diagram.nodes.map(text)
        + diagram.edges.map { "  \($0.from) -> \($0.to) \($0.label)" }
    }
  }

  private static func text(_ tile: Tiles.Tile) -> String {
    "\(tile.width) by \(tile.height) \(tile.colors.map(\.hex).joined(separator: " "))"
      + optional(" ", tile.caption.replacing("\n", with: "|"))
      + (tile.frame.map { " in " + $0.hex } ?? "")
  }

  private static func text(_ node: Diagram.Node) -> String {
    let kind =
      switch node.kind {
      case .module(let color): color.hex
      case .value: "value"
      case .joint: "joint"
      }
    return "  [\(node.lines.joined(separator: " | "))] \(kind)"
  }

  private static func text(_ axis: Axis) -> String {
    var parts = ["'\(axis.name)'"]
    if let unit = axis.unit { parts.append("(\(unit))") }
    switch axis.scale {
    case .linear: break
    case .log: parts.append("log")
    case .categories(let names): parts.append("\(names)")
    }
    if let range = axis.range { parts.append(text(range)) }
    if let ticks = axis.tickValues {
      parts.append("ticks " + ticks.map(text).joined(separator: " "))
    }
    if axis.isWhole { parts.append("whole") }
    return parts.joined(separator: " ")
  }

  private static func text(_ sign: LegendEntry.Sign) -> String {
    switch sign {
    case .line(let stroke): "line " + text(stroke)
    case .lineAndBand(let stroke): "line and band " + text(stroke)
    case .lineAndMarker(let stroke): "line and marker " + text(stroke)
    case .marker(let stroke): "marker " + text(stroke)
    case .box(let color): "box " + color.hex
    case .scale(let scale): "colours " + text(scale.range)
    case .none: "heading"
    }
  }

  private static func text(_ stroke: Stroke) -> String {
    var parts = [stroke.color.hex]
    if stroke.width != 1.8 { parts.append("w" + text(stroke.width)) }
    if stroke.dash != .solid { parts.append("\(stroke.dash)") }
    if stroke.marker != .disc { parts.append("\(stroke.marker)") }
    if stroke.opacity != 1 { parts.append("o" + text(stroke.opacity)) }
    return parts.joined(separator: " ")
  }

  private static func pairs(_ xs: [Double], _ ys: [Double]) -> String {
    zip(xs, ys).map { "\(text($0)),\(text($1))" }.joined(separator: " ")
  }

  static func text(_ range: ClosedRange<Double>) -> String {
    "[\(text(range.lowerBound)) \(text(range.upperBound))]"
  }

  /// Six digits: every number of the tests is short, so that what is cut off is rounding alone.
  static func text(_ value: Double) -> String {
    value.isNaN ? "nan" : String(format: "%.6g", value == 0 ? 0 : value)
  }

  private static func optional(_ before: String, _ text: String) -> String {
    text.isEmpty ? "" : before + "'\(text)'"
  }
}
