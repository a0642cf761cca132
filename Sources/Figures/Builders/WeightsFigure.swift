import Drawing
import Foundation
import Languages

/// The weights of one network, for some panels.
public struct NetworkWeights: Hashable, Sendable {
  /// What stands above its panels.
  public var title: String
  /// The weights of the first layer.
  public var first: FirstLayer
  /// Every weight, in the order of the layers.
  public var layers: [WeightLayer]

  /// Makes the weights of a network.
  public init(title: String, first: FirstLayer, layers: [WeightLayer]) {
    self.title = title
    self.first = first
    self.layers = layers
  }
}

/// The numbers of one weight.
public struct WeightLayer: Hashable, Sendable {
  /// The weight's name, such as `0.weight`.
  public var name: String
  /// Its numbers before training; empty where they are not known.
  public var before: [Double]
  /// Its numbers after training.
  public var after: [Double]

  /// Makes a weight.
  public init(name: String, before: [Double] = [], after: [Double]) {
    self.name = name
    self.before = before
    self.after = after
  }
}

/// The weights of a first layer by what goes in.
public enum FirstLayer: Hashable, Sendable {
  /// An image a unit: numbers row by row from the top.
  case filters(name: String, width: Int, height: Int, [[Double]])
  /// A row of numbers a unit.
  case matrix(name: String, columns: [String], [[Double]])
  /// The network has no weights, or none that can be shown.
  case none

  var values: [Double] {
    switch self {
    case .filters(_, _, _, let units), .matrix(_, _, let units): units.flatMap { $0 }
    case .none: []
    }
  }
}

extension Figure {
  /// The most filters of a layer that are drawn.
  public static let mostFilters = 64

  /// The weights of networks: the first layer's as small images where the input is an image, else as
  /// a map of units by inputs, blue for negative, red for positive; below a histogram of each weight,
  /// grey before training, coloured after.
  public static func weights(_ networks: [NetworkWeights], title: String, style: Style = .light)
    -> Figure
  {
    var notes: [String] = []
    var panels: [[Panel]] = []
    let color = style.palette[0]
    let language = style.language
    for network in networks {
      let name = networks.count == 1 ? "" : network.title + ": "
      if let first = firstPanel(network.first, name, style, &notes) { panels.append([first]) }
      panels += rows(of: network.layers.map { histogram($0, name, color, style) })
    }
    if panels.isEmpty {
      panels = [
        [Panel(x: Axis(language(.weight)), y: Axis(language(.weightsAxis)), layers: [])]
      ]
    }
    let missing = networks.flatMap(\.layers).flatMap(\.after).count { !$0.isFinite }
    if missing > 0 { notes.append(language(.weightsNotFinite, missing)) }
    let hasBefore = networks.flatMap(\.layers).contains { !$0.before.isEmpty }
    return Figure(
      title: title, panels: panels,
      legend: !hasBefore
        ? []
        : [
          LegendEntry(language(.beforeTraining), .box(style.muted)),
          LegendEntry(language(.afterTraining), .box(color)),
        ], notes: notes, style: style)
  }

  private static func firstPanel(
    _ first: FirstLayer, _ prefix: String, _ style: Style, _ notes: inout [String]
  ) -> Panel? {
    let most = first.values.filter(\.isFinite).map { abs($0) }.max() ?? 0
    func tone(_ value: Double) -> Color { style.diverging(most == 0 ? 0 * value : value / most) }
    let language = style.language
    let range = language(.blueRed, Axis.text(rounded(most)))
    switch first {
    case .none: return nil
    case .filters(let name, let width, let height, let units):
      let shown = units.prefix(mostFilters)
      if units.count > shown.count {
        notes.append(language(.filtersDrawn, shown.count, units.count, name))
      }
      let tiles = shown.enumerated().map { index, unit in
        Tiles.Tile(
          width: width, height: height, colors: unit.map(tone), caption: "\(index)")
      }
      let columns = min(12, max(1, Int(Double(tiles.count).squareRoot().rounded(.up)) + 3))
      return Panel(
        title: prefix + language(.pictureAUnit, name, range),
        tiles: Tiles(tiles, columns: columns, size: width <= 8 ? 36 : 48))
    case .matrix(let name, let columns, let units):
      return matrix(columns, units, "\(prefix)\(name): \(range)", language, tone)
    }
  }

  /// Three digits of a number, for a title.
  private static func rounded(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    let unit = pow(10, log10(value).rounded(.down) - 2)
    return (value / unit).rounded() * unit
  }

  private static func matrix(
    _ columns: [String], _ units: [[Double]], _ title: String, _ language: Language,
    _ tone: (Double) -> Color
  ) -> Panel {
    let width = units.first?.count ?? 0
    guard width > 0 else {
      return Panel(title: title, x: Axis(language(.input)), y: Axis(language(.unit)), layers: [])
    }
    // Every number as a square of several points, so that its edges stay sharp.
    let (across, down) = (max(1, 480 / width), max(1, 240 / units.count))
    var colors: [Color] = []
    for unit in units {
      let row = unit.flatMap { Array(repeating: tone($0), count: across) }
      for _ in 0..<down { colors += row }
    }
    func range(_ count: Int, _ times: Int) -> ClosedRange<Double> {
      let half = 0.5 / Double(times)
      return -0.5 + half...max(-0.5 + half, Double(count) - 0.5 - half)
    }
    let regions = Regions(
      xRange: range(width, across), yRange: range(units.count, down), width: width * across,
      height: units.count * down, colors: colors)
    var x = Axis(language(.input), range: -0.5...(Double(width) - 0.5))
    if columns.count == width, width <= 24 {
      x = Axis(language(.input), scale: .categories(columns))
    }
    x.isWhole = true
    var y = Axis(language(.unit), range: -0.5...(Double(units.count) - 0.5))
    y.isWhole = true
    return Panel(title: title, x: x, y: y, layers: [.regions(regions)], hasGrid: false)
  }

  private static func histogram(
    _ layer: WeightLayer, _ prefix: String, _ color: Color, _ style: Style
  ) -> Panel {
    let finite = (layer.before + layer.after).filter(\.isFinite)
    let bins = Bins(finite)
    var layers: [Layer] = []
    for (values, tone) in [(layer.before, style.muted), (layer.after, color)] where !values.isEmpty
    {
      let steps = bins.steps(values)
      layers.append(
        .band(
          Band(
            xs: steps.xs, lower: steps.xs.map { _ in 0 }, upper: steps.ys, color: tone,
            opacity: 0.28)))
      layers.append(
        .line(Line(xs: steps.xs, ys: steps.ys, stroke: Stroke(color: tone, width: 1.2))))
    }
    return Panel(
      title: prefix + layer.name, x: Axis(style.language(.weight)),
      y: Axis(style.language(.weightsAxis)),
      layers: finite.isEmpty ? [] : layers)
  }
}
