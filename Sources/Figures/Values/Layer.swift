public import Drawing

/// One thing drawn on a panel's axes.
public enum Layer: Hashable, Sendable, Codable {
  case line(Line)
  case band(Band)
  case points(Points)
  case colored(ColoredPoints)
  case heatMap(HeatMap)
  case regions(Regions)
  case note(Note)
  case rule(Rule)
  case tiles(Tiles)
  case diagram(Diagram)
}

/// Points joined by straight lines; not-a-number breaks the line.
public struct Line: Hashable, Sendable, Codable {
  /// Where each point lies along the x axis.
  @Numbers public var xs: [Double]
  /// Where each point lies along the y axis.
  @Numbers public var ys: [Double]
  /// How it is drawn.
  public var stroke: Stroke
  /// Whether the points themselves are marked too.
  public var hasMarkers: Bool

  /// Makes a line through as many points as both lists have.
  public init(xs: [Double], ys: [Double], stroke: Stroke, hasMarkers: Bool = false) {
    self.xs = xs
    self.ys = ys
    self.stroke = stroke
    self.hasMarkers = hasMarkers
    preconditionSound()
  }
}

/// What lies between a lower and an upper line, filled.
public struct Band: Hashable, Sendable, Codable {
  /// Where each point lies along the x axis.
  @Numbers public var xs: [Double]
  /// The lower edge at each x.
  @Numbers public var lower: [Double]
  /// The upper edge at each x.
  @Numbers public var upper: [Double]
  /// Its colour.
  public var color: Color
  /// From 0, invisible, to 1.
  public var opacity: Double

  /// Makes a band; not-a-number breaks it.
  public init(
    xs: [Double], lower: [Double], upper: [Double], color: Color, opacity: Double = 0.2
  ) {
    self.xs = xs
    self.lower = lower
    self.upper = upper
    self.color = color
    self.opacity = opacity
    preconditionSound()
  }
}

/// Single points, each with an error bar where `bars` are given.
public struct Points: Hashable, Sendable, Codable {
  /// Where each point lies along the x axis.
  @Numbers public var xs: [Double]
  /// Where each point lies along the y axis.
  @Numbers public var ys: [Double]
  /// The ends of each point's vertical bar.
  public var bars: Bars?
  /// How it is drawn.
  public var stroke: Stroke
  /// Diameter relative to the usual one.
  public var size: Double

  /// The ends of vertical bars; not-a-number where a point has none.
  public struct Bars: Hashable, Sendable, Codable {
    /// The lower end of each.
    @Numbers public var lower: [Double]
    /// The upper end of each.
    @Numbers public var upper: [Double]

    /// Makes bars of lists of one length.
    public init(lower: [Double], upper: [Double]) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// Makes points.
  public init(
    xs: [Double], ys: [Double], bars: Bars? = nil, stroke: Stroke, size: Double = 1
  ) {
    self.xs = xs
    self.ys = ys
    self.stroke = stroke
    self.size = size
    self.bars = bars
    preconditionSound()
  }
}

/// A matrix of cells with their centres at whole numbers from 0 on both axes.
public struct HeatMap: Hashable, Sendable, Codable {
  /// One cell: a colour, a text in it, and whether it is hatched.
  public struct Cell: Hashable, Sendable, Codable {
    /// Its colour.
    public var color: Color
    /// What is written.
    public var text: String
    /// Whether slanted lines mark it as without a value.
    public var isHatched: Bool

    /// Makes a cell.
    public init(color: Color, text: String, isHatched: Bool = false) {
      self.color = color
      self.text = text
      self.isHatched = isHatched
    }
  }

  /// Rows from the bottom up, each from left to right.
  public var rows: [[Cell]]

  /// Makes a heat map of rows of equal length.
  public init(rows: [[Cell]]) {
    self.rows = rows
    preconditionSound()
  }
}

/// A picture of colours over a part of the plane, such as the decisions of a classifier.
public struct Regions: Hashable, Sendable, Codable {
  /// What it covers along the x axis.
  public var xRange: ClosedRange<Double>
  /// What it covers along the y axis.
  public var yRange: ClosedRange<Double>
  /// Points along the x axis.
  public var width: Int
  /// Points along the y axis.
  public var height: Int
  /// Row by row from the lowest y, each row from the lowest x; the outer points lie on the edges
  /// of the ranges.
  public var colors: [Color]
  /// The class of each point, for a terminal; empty where there are none.
  public var classes: [Int]

  /// Makes regions of `width` times `height` points.
  public init(
    xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, width: Int, height: Int,
    colors: [Color], classes: [Int] = []
  ) {
    self.xRange = xRange
    self.yRange = yRange
    self.width = width
    self.height = height
    self.colors = colors
    self.classes = classes
    preconditionSound()
  }
}

/// A text at a point of the axes.
public struct Note: Hashable, Sendable, Codable {
  /// What is written.
  public var text: String
  /// Its place or axis along x.
  public var x: Double
  /// Its place or axis along y.
  public var y: Double
  /// Its colour.
  public var color: Color
  /// Which part of the text lies at the point.
  public var anchor: Anchor
  /// The colour of an edge around the text, by which it stands out from what lies below it.
  public var halo: Color?

  /// The part of a text that lies at its point.
  public enum Anchor: String, Hashable, Sendable, Codable {
    case left, center, right
  }

  /// Makes a text centred at a point, or beginning or ending there.
  public init(
    _ text: String, x: Double, y: Double, color: Color, anchor: Anchor = .center,
    halo: Color? = nil
  ) {
    self.anchor = anchor
    self.halo = halo
    self.text = text
    self.x = x
    self.y = y
    self.color = color
  }
}

/// A straight line across the whole panel, upright or level.
public struct Rule: Hashable, Sendable, Codable {
  /// Which of the two it keeps constant.
  public enum Place: Hashable, Sendable, Codable {
    case x(Double)
    case y(Double)
  }

  /// Where it stands.
  public var place: Place
  /// How it is drawn.
  public var stroke: Stroke

  /// Makes a rule at a place.
  public init(_ place: Place, stroke: Stroke) {
    self.place = place
    self.stroke = stroke
  }
}
