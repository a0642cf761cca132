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
    let layers = panels.joined().flatMap(\.layers)
    let problem = panels.joined().isEmpty && sheet == nil ? "a figure has a panel" : nil
    if let problem = problem ?? layers.lazy.compactMap(\.problem).first {
      throw DecodingError.dataCorruptedError(
        forKey: .panels, in: container, debugDescription: problem)
    }
  }

  /// The largest number of panels in a row.
  public var columns: Int { panels.map(\.count).max() ?? 0 }
}
