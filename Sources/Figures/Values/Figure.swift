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
  /// Pictures in place of panels, which are put in as they are.
  public var sheet: Sheet?
  /// How large it is asked to be.
  public var size = FigureSize()
  /// The same figure at several moments, the last of which is this one; empty where nothing moves.
  public var moments: [Figure] = []

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

  /// Makes a figure of pictures that were drawn elsewhere.
  public init(
    title: String, subtitle: String = "", sheet: Sheet, notes: [String] = [], style: Style = .light
  ) {
    self.init(title: title, subtitle: subtitle, panels: [], notes: notes, style: style)
    self.sheet = sheet
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
    sheet = try container.decodeIfPresent(Sheet.self, forKey: .sheet)
    size = try container.decodeIfPresent(FigureSize.self, forKey: .size) ?? FigureSize()
    moments = try container.decodeIfPresent([Figure].self, forKey: .moments) ?? []
    let layers = panels.joined().flatMap(\.layers)
    let problem = panels.joined().isEmpty && sheet == nil ? "a figure has a panel" : nil
    if let problem = problem ?? layers.lazy.compactMap(\.problem).first {
      throw DecodingError.dataCorruptedError(
        forKey: .panels, in: container, debugDescription: problem)
    }
  }

  /// The largest number of panels in a row.
  public var columns: Int { panels.map(\.count).max() ?? 0 }

  /// The same with what a file or a command says of every kind of figure.
  ///
  /// - Throws: `FigureProblem` where a range has no place on an axis.
  public func adjusted(_ wishes: FigureWishes) throws(FigureProblem) -> Figure {
    var figure = self
    figure.size = wishes.size
    if wishes.hasNoTitle { figure.title = "" }
    if wishes.hasNoLegend { figure.legend = [] }
    for row in panels.indices {
      for column in panels[row].indices {
        try figure.panels[row][column].x.adjust(wishes.xRange, wishes.xLabel, "x_range")
        try figure.panels[row][column].y.adjust(wishes.yRange, wishes.yLabel, "y_range")
      }
    }
    figure.moments = try moments.map { moment throws(FigureProblem) in try moment.adjusted(wishes) }
    return figure
  }
}

/// What a file or a command says of every kind of figure.
public struct FigureWishes: Hashable, Sendable {
  /// How large it is to be.
  public var size = FigureSize()
  /// What is shown of the horizontal axes.
  public var xRange: ClosedRange<Double>?
  /// What is shown of the vertical axes.
  public var yRange: ClosedRange<Double>?
  /// What stands along the horizontal axes.
  public var xLabel: String?
  /// What stands along the vertical axes.
  public var yLabel: String?
  /// Whether there is no legend.
  public var hasNoLegend = false
  /// Whether nothing stands above it.
  public var hasNoTitle = false

  /// Makes wishes that leave all to the figure.
  public init() {}
}

/// What a figure cannot be drawn as, in words.
public struct FigureProblem: Error, Hashable {
  /// What is wrong.
  public let message: String
}

extension Axis {
  fileprivate mutating func adjust(
    _ range: ClosedRange<Double>?, _ label: String?, _ key: String
  ) throws(FigureProblem) {
    if let label {
      name = label
      unit = nil
    }
    guard let range else { return }
    switch scale {
    case .categories: return
    case .log where range.lowerBound <= 0:
      throw FigureProblem(
        message: "\(key) begins at \(Axis.text(range.lowerBound)), and the axis is logarithmic")
    case .log, .linear:
      self.range = range
      tickValues = tickValues.map { $0.filter(range.contains) }
      if tickValues?.isEmpty == true { tickValues = nil }
    }
  }
}
