import Drawing
import Languages

/// What a network says over a grid of points of the plane.
public struct DecisionGrid: Hashable, Sendable {
  /// What the grid covers along the first feature.
  public var xRange: ClosedRange<Double>
  /// What the grid covers along the second feature.
  public var yRange: ClosedRange<Double>
  /// Points along the first feature.
  public var width: Int
  /// Points along the second feature.
  public var height: Int
  /// The predicted class of each point, row by row from the lowest y.
  public var classes: [Int]
  /// How sure the network is of it, 0 to 1; empty where that is not known.
  public var confidence: [Double]

  /// Makes a grid; the outer points lie on the edges of the ranges.
  public init(
    xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, width: Int, height: Int,
    classes: [Int], confidence: [Double] = []
  ) {
    precondition(classes.count == width * height, "a class for every point of the grid")
    precondition(confidence.isEmpty || confidence.count == classes.count, "one for every point")
    self.xRange = xRange
    self.yRange = yRange
    self.width = width
    self.height = height
    self.classes = classes
    self.confidence = confidence
  }
}

/// Points of the plane with a class each.
public struct ClassPoints: Hashable, Sendable {
  /// The first feature of each point.
  public var xs: [Double]
  /// The second feature of each point.
  public var ys: [Double]
  /// The class of each point.
  public var classes: [Int]

  /// Makes points of lists of one length.
  public init(xs: [Double], ys: [Double], classes: [Int]) {
    precondition(xs.count == ys.count && ys.count == classes.count, "lists of one length")
    self.xs = xs
    self.ys = ys
    self.classes = classes
  }

  /// At most `limit` of the points, taken evenly.
  func thinned(to limit: Int) -> ClassPoints {
    guard xs.count > limit else { return self }
    let kept = (0..<limit).map { $0 * xs.count / limit }
    return ClassPoints(
      xs: kept.map { xs[$0] }, ys: kept.map { ys[$0] }, classes: kept.map { classes[$0] })
  }
}

/// The decisions of one network, for one panel.
public struct BoundaryModel: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// What the network says; without points where there is no network.
  public var grid: DecisionGrid
  /// The data it learned from.
  public var points: ClassPoints

  /// Makes a panel of a network's decisions and the data.
  public init(title: String, grid: DecisionGrid, points: ClassPoints) {
    self.title = title
    self.grid = grid
    self.points = points
  }
}

/// What a figure of decisions says beside them.
public struct BoundaryOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// One line below it.
  public var subtitle = ""
  /// The name of the first feature.
  public var xName = "x"
  /// The name of the second feature.
  public var yName = "y"
  /// The names of the classes, for the legend.
  public var classNames: [String]
  /// Panels in a row, such as the frames of one network; `nil` leaves it to the figure.
  public var columns: Int?
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options.
  public init(classNames: [String]) { self.classNames = classNames }
}

extension Figure {
  private static let mostPoints = 2000

  /// Decision regions of networks side by side, with the data on them; paler where a network is
  /// less sure.
  public static func boundary(_ models: [BoundaryModel], options: BoundaryOptions) -> Figure {
    let panels = models.map { model in
      Panel(
        title: model.title, x: Axis(options.xName, range: model.grid.xRange),
        y: Axis(options.yName, range: model.grid.yRange),
        layers: (model.grid.classes.isEmpty
          ? [] : [.regions(regions(model.grid, options.style, options.classNames.count))])
          + points(model.points, options.style),
        isSquare: true, hasGrid: false)
    }
    let legend =
      [LegendEntry(options.style.language(.classHeading), .none)]
      + options.classNames.enumerated().map { index, name in
        LegendEntry(name, .marker(options.style.classStroke(index)))
      }
    let most = models.map(\.points.xs.count).max() ?? 0
    let note = options.style.language(.pointsDrawn, mostPoints, most)
    return Figure(
      title: options.title, subtitle: options.subtitle,
      panels: rows(of: panels, columns: options.columns), legend: legend,
      notes: most > mostPoints ? [note] : [], style: options.style)
  }

  /// Classes have a colour and a marker each; whichever class is drawn last lies above.
  static func points(_ points: ClassPoints, _ style: Style) -> [Layer] {
    let shown = points.thinned(to: mostPoints)
    let size = shown.xs.count > 600 ? 0.42 : shown.xs.count > 150 ? 0.7 : 1.1
    return Set(shown.classes).sorted().map { name in
      let members = shown.classes.indices.filter { shown.classes[$0] == name }
      return .points(
        Points(
          xs: members.map { shown.xs[$0] }, ys: members.map { shown.ys[$0] },
          stroke: style.classStroke(name), size: size))
    }
  }

  private static func regions(_ grid: DecisionGrid, _ style: Style, _ classCount: Int) -> Regions {
    let full = (0...(grid.classes.max() ?? 0)).map { style.classColor($0) }
    let colors = Color.regions(
      grid.classes, grid.confidence, full: full, least: 1 / Double(max(2, classCount)),
      background: style.background)
    return Regions(
      xRange: grid.xRange, yRange: grid.yRange, width: grid.width, height: grid.height,
      colors: colors, classes: grid.classes)
  }
}

extension Style {
  /// How points of a class are drawn: its colour, a little darker than regions of it, and its marker.
  func classStroke(_ index: Int) -> Stroke {
    Stroke(
      color: classColor(index).mixed(with: .black, share: 0.12), marker: Style.marker(index))
  }
}
