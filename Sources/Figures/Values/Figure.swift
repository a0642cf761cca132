/// A figure as a value: everything that is drawn, nothing about how.
public struct Figure: Hashable, Sendable, Codable {
  /// What stands above it.
  public var title: String
  /// One line below the title, smaller.
  public var subtitle: String
  /// Rows of panels; rows may differ in length.
  public var panels: [[Panel]]
  /// The lines of the legend, in order.
  public var legend: [LegendEntry]
  /// Small print below the panels: what was left out and why.
  public var notes: [String]
  /// Colours and fonts.
  public var style: Style

  /// Makes a figure of rows of panels.
  public init(
    title: String, subtitle: String = "", panels: [[Panel]], legend: [LegendEntry] = [],
    notes: [String] = [], style: Style = .light
  ) {
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
    self.legend = legend
    self.notes = notes
    self.style = style
  }

  /// Reads what a figure was written as, and refuses one that could not be drawn.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      title: try container.decode(String.self, forKey: .title),
      subtitle: try container.decode(String.self, forKey: .subtitle),
      panels: try container.decode([[Panel]].self, forKey: .panels),
      legend: try container.decode([LegendEntry].self, forKey: .legend),
      notes: try container.decode([String].self, forKey: .notes),
      style: try container.decode(Style.self, forKey: .style))
    let layers = panels.joined().flatMap(\.layers)
    let problem = panels.joined().isEmpty ? "a figure has a panel" : nil
    if let problem = problem ?? layers.lazy.compactMap(\.problem).first {
      throw DecodingError.dataCorruptedError(
        forKey: .panels, in: container, debugDescription: problem)
    }
  }

  /// The largest number of panels in a row.
  public var columns: Int { panels.map(\.count).max() ?? 0 }
}

/// One pair of axes with what is drawn on them, first layers undermost.
public struct Panel: Hashable, Sendable, Codable {
  /// What stands above it.
  public var title: String
  /// Its place or axis along x.
  public var x: Axis
  /// Its place or axis along y.
  public var y: Axis
  /// What is drawn, undermost first.
  public var layers: [Layer]
  /// What the colours of a heat map mean; drawn as a bar beside the panel.
  public var colorScale: ColorScale?
  /// Whether a unit of x is as long as one of y.
  public var isSquare: Bool
  /// Whether faint lines run from the ticks.
  public var hasGrid: Bool

  /// Makes a panel of two axes and layers.
  public init(
    title: String = "", x: Axis, y: Axis, layers: [Layer], colorScale: ColorScale? = nil,
    isSquare: Bool = false, hasGrid: Bool = true
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.layers = layers
    self.colorScale = colorScale
    self.isSquare = isSquare
    self.hasGrid = hasGrid
  }
}

/// What the colours between two values mean.
public struct ColorScale: Hashable, Sendable, Codable {
  /// What is written beside it.
  public var label: String
  /// The scale as an axis, for its ticks.
  public var axis: Axis
  /// The values at its ends.
  public var range: ClosedRange<Double>
  /// Whether the darkest colour stands for the largest value.
  public var isReversed: Bool

  /// Makes a scale of a label and the values at its ends.
  public init(
    label: String, range: ClosedRange<Double>, scale: Axis.Scale = .linear,
    isReversed: Bool = false
  ) {
    self.label = label
    self.range = range
    self.axis = Axis(label, scale: scale, range: range)
    self.isReversed = isReversed
  }

  /// The colour of a value; those outside take the colour of the nearer end.
  public func color(_ value: Double) -> Color {
    let share = axis.position(value, in: range)
    return Style.sequential(isReversed ? 1 - share : share)
  }
}

/// One line of the legend.
public struct LegendEntry: Hashable, Sendable, Codable {
  /// What stands before the text.
  public enum Sign: Hashable, Sendable, Codable {
    case line(Stroke)
    case lineAndBand(Stroke)
    case lineAndMarker(Stroke)
    case marker(Stroke)
    case box(Color)
    /// A heading: no sign.
    case none
  }

  /// What is written beside it.
  public var label: String
  /// What stands before the text.
  public var sign: Sign

  /// Makes an entry of its text and sign.
  public init(_ label: String, _ sign: Sign) {
    self.label = label
    self.sign = sign
  }
}
