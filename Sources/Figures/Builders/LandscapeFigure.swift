import Drawing
import Foundation
import Languages

/// A loss over a grid of points of a plane.
public struct LossGrid: Hashable, Sendable {
  /// What the grid covers along the first direction.
  public var xRange: ClosedRange<Double>
  /// What the grid covers along the second direction.
  public var yRange: ClosedRange<Double>
  /// Points along the first direction.
  public var width: Int
  /// Points along the second direction.
  public var height: Int
  /// The loss at each point, row by row from the lowest y.
  public var losses: [Double]

  /// Makes a grid; the outer points lie on the edges of the ranges.
  public init(
    xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, width: Int, height: Int,
    losses: [Double]
  ) {
    precondition(losses.count == width * height, "a loss for every point of the grid")
    self.xRange = xRange
    self.yRange = yRange
    self.width = width
    self.height = height
    self.losses = losses
  }
}

/// The way of one training over the plane.
public struct DescentPath: Hashable, Sendable {
  /// What the legend calls it.
  public var name: String
  /// Where the weights were after each update, the start first.
  public var xs: [Double]
  /// Where the weights were after each update, the start first.
  public var ys: [Double]

  /// Makes a path of lists of one length.
  public init(name: String, xs: [Double], ys: [Double]) {
    precondition(xs.count == ys.count, "as many x as y")
    self.name = name
    self.xs = xs
    self.ys = ys
  }
}

/// A landscape with the paths on it, for one panel.
public struct Landscape: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// The loss.
  public var grid: LossGrid
  /// The ways down.
  public var paths: [DescentPath]
  /// What the first direction is.
  public var xName: String
  /// What the second direction is.
  public var yName: String

  /// Makes a panel.
  public init(title: String, grid: LossGrid, paths: [DescentPath], xName: String, yName: String) {
    self.title = title
    self.grid = grid
    self.paths = paths
    self.xName = xName
    self.yName = yName
  }
}

extension Figure {
  /// The loss over two directions in steps of colour, lighter for less, one unit as long for both, with
  /// the ways of several trainings: a circle where a way begins, a disc where it ends.
  public static func landscape(
    _ landscapes: [Landscape], title: String, subtitle: String = "", notes: [String] = [],
    known: [String] = [], style: Style = .light
  ) -> Figure {
    var names: [String] = []
    for path in landscapes.flatMap(\.paths) where !names.contains(path.name) {
      names.append(path.name)
    }
    let all = known.isEmpty ? names : known
    let told = names.prefix(SeriesGroups.mostLooks)
    let grey = SeriesGroups.grey(style)
    let strokes = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { index, name in
        let place = names.count > told.count ? index : place(name, all)
        return (name, index < told.count ? pathStroke(place, all.count, style) : grey)
      })
    let panels = landscapes.map { landscape -> Panel in
      let scale = LossScale(landscape.grid.losses, style.language)
      let grid = landscape.grid
      let regions = Regions(
        xRange: grid.xRange, yRange: grid.yRange, width: grid.width, height: grid.height,
        colors: grid.losses.map { scale.color($0, absent: style.absent) })
      let behind = landscape.paths.filter { !told.contains($0.name) }
      let paths = (behind + landscape.paths.filter { told.contains($0.name) }).flatMap { path in
        layers(path, strokes[path.name] ?? Stroke(color: style.text), names.count)
      }
      return Panel(
        title: landscape.title, x: Axis(landscape.xName, range: grid.xRange),
        y: Axis(landscape.yName, range: grid.yRange), layers: [.regions(regions)] + paths,
        colorScale: scale.scale, isSquare: true, hasGrid: false)
    }
    let hasGaps = landscapes.contains { $0.grid.losses.contains { !$0.isFinite } }
    return Figure(
      title: title, subtitle: subtitle, panels: rows(of: panels),
      legend: told.map { LegendEntry($0, .line(strokes[$0] ?? Stroke(color: style.text))) }
        + (names.count > told.count
          ? [LegendEntry(style.language(.more, names.count - told.count), .line(grey))] : []) + [
          LegendEntry(style.language(.start), .marker(Stroke(color: style.muted, marker: .circle))),
          LegendEntry(style.language(.end), .marker(Stroke(color: style.muted, marker: .disc))),
        ],
      notes: notes + (hasGaps ? [style.language(.greyLoss)] : [])
        + (names.count > told.count
          ? [style.language(.othersGrey, told.count, names.count, min(12, told.count))] : []),
      style: style)
  }

  /// The place of a name, behind which there may stand what else was chosen.
  private static func place(_ name: String, _ all: [String]) -> Int {
    all.firstIndex { name == $0 || name.hasPrefix($0 + ",") || name.hasPrefix($0 + " (") } ?? 0
  }

  /// Colours that stay apart on the scale from violet over green to yellow.
  private static func pathStroke(_ index: Int, _ count: Int, _ style: Style) -> Stroke {
    let tones = [
      Color(0xD55E00), Color(0x111111), Color(0xCC79A7), Color(0x56B4E9),
    ]
    var stroke = style.series(index, of: count)
    if count <= tones.count { stroke.color = tones[index] }
    return stroke
  }

  /// A path on a pale or dark edge, so that it stands out on every colour.
  private static func layers(_ path: DescentPath, _ stroke: Stroke, _ count: Int) -> [Layer] {
    let kept =
      path.xs.count > 1500 ? (0..<1500).map { $0 * path.xs.count / 1500 } : Array(path.xs.indices)
    let xs = kept.map { path.xs[$0] }
    let ys = kept.map { path.ys[$0] }
    let edge: Color = stroke.color.luminance > 0.35 ? Color(0x222222) : .white
    let width = count > 8 ? 1.0 : 1.7
    var line = stroke
    line.width = width
    var layers: [Layer] = [
      .line(Line(xs: xs, ys: ys, stroke: Stroke(color: edge, width: width + 1.2, opacity: 0.75))),
      .line(Line(xs: xs, ys: ys, stroke: line)),
    ]
    guard let last = path.xs.indices.last(where: { path.xs[$0].isFinite && path.ys[$0].isFinite })
    else { return [] }
    for (place, marker, size) in [(0, Marker.circle, 1.6), (last, .disc, 1.5)] {
      let under = Stroke(color: edge, marker: .disc)
      var over = stroke
      over.marker = marker
      let point = (xs: [path.xs[place]], ys: [path.ys[place]])
      layers.append(.points(Points(xs: point.xs, ys: point.ys, stroke: under, size: size + 0.5)))
      layers.append(.points(Points(xs: point.xs, ys: point.ys, stroke: over, size: size)))
    }
    return layers
  }
}

/// The colours of a loss: in steps, by powers of ten where it is positive and reaches far.
struct LossScale {
  let scale: ColorScale
  private static let steps = 18.0

  init(_ losses: [Double], _ language: Language) {
    let finite = losses.filter(\.isFinite).sorted()
    let least = finite.first ?? 0
    // A few cliffs would leave one colour for all the rest.
    let most = finite.isEmpty ? 1 : finite[min(finite.count - 1, finite.count * 98 / 100)]
    let isLog = least > 0 && most / least > 8
    let axis = Axis("", scale: isLog ? .log : .linear)
    scale = ColorScale(
      label: language(.loss), range: axis.fitted(to: [least, most], room: 0),
      scale: isLog ? .log : .linear,
      isReversed: true)
  }

  func color(_ loss: Double, absent: Color) -> Color {
    guard loss.isFinite else { return absent }
    let place = max(0, min(1, scale.axis.position(loss, in: scale.range)))
    let step = (place * Self.steps).rounded(.down)
    return scale.color(atShare: min(1, (step + 0.5) / Self.steps))
  }
}
