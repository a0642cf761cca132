import Drawing
import Foundation

/// Points as a network has moved them up to one layer.
public struct StretchStage: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// Where the points lie in the plane.
  public var xs: [Double]
  /// Where the points lie in the plane.
  public var ys: [Double]
  /// What the first axis is.
  public var xName: String
  /// What the second axis is.
  public var yName: String

  /// Makes a stage of lists of one length.
  public init(
    title: String, xs: [Double], ys: [Double], xName: String = "", yName: String = ""
  ) {
    precondition(xs.count == ys.count, "as many x as y")
    self.title = title
    self.xs = xs
    self.ys = ys
    self.xName = xName
    self.yName = yName
  }
}

/// Where points began, by which they keep their colour.
public enum StretchColors: Hashable, Sendable {
  /// By the class of each point.
  case classes([Int], names: [String])
  /// By the direction in which each point lies from the middle, once around the circle.
  case directions
}

extension Figure {
  /// Points followed through the layers of networks, a network a row, a layer a panel; each point
  /// keeps the colour it has at the start, and lines join the points of a grid.
  ///
  /// - Parameters:
  ///   - rows: the stages of each network, the first as the points begin.
  ///   - lines: the points of each line of the grid, in order.
  public static func stretch(
    _ rows: [[StretchStage]], colors: StretchColors, coloredBy first: StretchStage? = nil,
    lines: [[Int]] = [], title: String,
    notes: [String] = [], style: Style = .light
  ) -> Figure {
    // Of several networks each stands in rows of its own, stage under stage.
    let most = rows.map(\.count).max() ?? 1
    let columns = rows.count == 1 ? nil : most <= 4 ? most : min(4, (most + 1) / 2)
    let panels = rows.flatMap { stages -> [[Panel]] in
      let tones = colors.tones(first ?? stages.first, style)
      let all = stages.map { stage in
        Panel(
          title: stage.title, x: Axis(stage.xName), y: Axis(stage.yName),
          layers: gridLines(stage, lines, style) + axes(style) + [
            .colored(
              ColoredPoints(
                xs: stage.xs, ys: stage.ys, colors: tones,
                size: stage.xs.count > 600 ? 0.42 : 0.7))
          ], isSquare: true)
      }
      return Figure.rows(of: all, columns: columns)
    }
    var legend: [LegendEntry] = []
    if case .classes(_, let names) = colors, names.count > 1 {
      legend = names.enumerated().map { index, name in
        LegendEntry(name, .marker(Stroke(color: style.classColor(index))))
      }
    }
    return Figure(title: title, panels: panels, legend: legend, notes: notes, style: style)
  }

  private static func gridLines(_ stage: StretchStage, _ lines: [[Int]], _ style: Style) -> [Layer]
  {
    guard !lines.isEmpty else { return [] }
    var xs: [Double] = []
    var ys: [Double] = []
    for line in lines {
      for point in line where stage.xs.indices.contains(point) {
        xs.append(stage.xs[point])
        ys.append(stage.ys[point])
      }
      xs.append(xs.last ?? 0)
      ys.append(.nan)
    }
    return [
      .line(Line(xs: xs, ys: ys, stroke: Stroke(color: style.muted, width: 0.5, opacity: 0.6)))
    ]
  }

  private static func axes(_ style: Style) -> [Layer] {
    let stroke = Stroke(color: style.muted, width: 0.6, dash: .dotted)
    return [.rule(Rule(.x(0), stroke: stroke)), .rule(Rule(.y(0), stroke: stroke))]
  }
}

extension StretchColors {
  /// The colour of each point.
  fileprivate func tones(_ first: StretchStage?, _ style: Style) -> [Color] {
    switch self {
    case .classes(let classes, _): return classes.map(style.classColor)
    case .directions:
      guard let first, !first.xs.isEmpty else { return [] }
      let count = Double(first.xs.count)
      let middle = (first.xs.reduce(0, +) / count, first.ys.reduce(0, +) / count)
      return zip(first.xs, first.ys).map { x, y in
        let angle = atan2(y - middle.1, x - middle.0) / (2 * .pi)
        return Style.cyclic(angle.isFinite ? angle - angle.rounded(.down) : 0)
      }
    }
  }
}
