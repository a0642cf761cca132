import Drawing
import Languages

/// How the lines of one group are told apart in a panel: by dashes, and shades where those are used up.
struct LineDetails {
  private let names: SeriesGroups
  private let keys: [String]
  private let style: Style
  private let areDashesFree: Bool

  /// Shades of a colour that can be told apart.
  private static let shades = 3
  private static var most: Int { shades * Dash.allCases.count }

  /// - Parameters:
  ///   - details: what each line holds of the keys.
  ///   - keys: the keys in which the lines of a group differ.
  init(_ details: [String], keys: [String], _ groups: SeriesGroups, style: Style) {
    names = SeriesGroups(details, style: style)
    self.keys = keys
    self.style = style
    areDashesFree = !groups.needsDashes(style)
  }

  /// Whether a group has several lines.
  var isNeeded: Bool { names.names.count > 1 }

  /// Whether they can be told apart.
  var areDrawn: Bool { isNeeded && areDashesFree && names.names.count <= Self.most }

  /// The stroke of a group's line.
  func applied(to stroke: Stroke, _ detail: String) -> Stroke {
    guard areDrawn, let place = names.names.firstIndex(of: detail) else { return stroke }
    var stroke = stroke
    stroke.dash = Dash.allCases[place % Dash.allCases.count]
    let shade = 0.3 * Double(place / Dash.allCases.count)
    stroke.color = stroke.color.mixed(with: style.background, share: shade)
    return stroke
  }

  /// A line of the legend for each, in grey.
  var legend: [LegendEntry] {
    guard areDrawn else { return [] }
    let plain = Stroke(color: style.muted)
    let entries = zip(names.names, names.labels).map { name, label in
      LegendEntry(label, .line(applied(to: plain, name)))
    }
    return (keys.count == 1 ? [LegendEntry(keys[0], .none)] : []) + entries
  }

  /// What a line holds, in words: `lr=0.1`.
  func told(_ detail: String) -> String {
    keys.count == 1 && !detail.isEmpty ? "\(keys[0])=\(detail)" : detail
  }

  /// What is said where they cannot be told apart.
  var note: String? {
    guard isNeeded, !areDrawn else { return nil }
    return style.language(.detailsNotTold, style.language.list(keys))
  }
}
