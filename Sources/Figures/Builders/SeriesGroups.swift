import Tracking

/// The groups of a figure in the order of its legend, each with how it is drawn.
///
/// Groups that are all numbers come in their order and take colours from dark to light; others come
/// as they first appear and take the palette's. Of many that are not numbers the first have a colour and
/// the others are grey; of many numbers neighbours share one.
struct SeriesGroups {
  let names: [String]
  let isOrdered: Bool
  private let strokes: [String: Stroke]
  private let lost: Set<String>
  private let style: Style

  /// So many looks can be told apart.
  private static let mostLooks = 24
  /// So many shades of numbers can be seen side by side.
  private static let mostShades = 60

  /// - Parameter lost: groups of which every run diverged, which the legend says.
  init(_ groups: [String], style: Style, lost: Set<String> = []) {
    self.lost = lost
    var seen: Set<String> = []
    let found = groups.filter { seen.insert($0).inserted }
    let numbers = found.compactMap { Double($0) }
    let isOrdered = numbers.count == found.count && found.count > 2
    self.isOrdered = isOrdered
    let names =
      numbers.count == found.count
      ? found.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) } : found
    self.names = names
    var strokes: [String: Stroke] = [:]
    self.style = style
    let looks = Self.mostLooks
    let sharesColors = isOrdered && names.count > Self.mostShades
    let isGreyed = !isOrdered && names.count > looks
    for (index, name) in names.enumerated() {
      if sharesColors {
        strokes[name] = style.series(index * looks / names.count, of: looks, ordered: true)
      } else if isGreyed, index >= looks {
        strokes[name] = Self.grey(style)
      } else {
        strokes[name] = style.series(index, of: names.count, ordered: isOrdered)
      }
    }
    self.strokes = strokes
    self.sharesColors = sharesColors
    alone = sharesColors ? [] : Set(isGreyed ? names.prefix(looks) : names[...])
  }

  /// Whether neighbouring numbers share a colour.
  let sharesColors: Bool
  private let alone: Set<String>

  private static func grey(_ style: Style) -> Stroke {
    Stroke(color: style.muted.mixed(with: style.background, share: 0.65), width: 1)
  }

  /// Whether a group's look is its own; those of one look are drawn together, without bands.
  func isAlone(_ group: String) -> Bool { alone.contains(group) }

  /// What is said where not every group has a look of its own.
  func note(heading: String) -> String? {
    guard alone.count < names.count else { return nil }
    let count = names.count
    if sharesColors {
      let what = heading.isEmpty ? "values" : "values of \(heading)"
      return "\(count) \(what): neighbours share a colour, of which the legend names the first."
    }
    return "\(alone.count) of \(count) have a colour; the others are grey."
  }

  /// Whether there are more groups than colours, so that dashes tell them apart.
  func needsDashes(_ style: Style) -> Bool { !isOrdered && names.count > style.palette.count }

  func stroke(_ group: String) -> Stroke { strokes[group] ?? Stroke(color: .black) }

  /// What the legend calls each group.
  var labels: [String] {
    let numbers = names.compactMap { Double($0) }
    let labels = numbers.count == names.count ? Axis.texts(numbers) : names
    return zip(names, labels).map { lost.contains($0) ? $1 + " (all diverged)" : $1 }
  }

  /// The lines of the legend: none for a single group without a name, a heading where there is one.
  func legend(heading: String, sign: (Stroke) -> LegendEntry.Sign) -> [LegendEntry] {
    guard names.count > 1 || names.first?.isEmpty == false else { return [] }
    var entries = zip(names, labels).map { LegendEntry($1, sign(stroke($0))) }
    if sharesColors {
      let looks = Self.mostLooks
      entries = (0..<looks).map { entries[($0 * names.count + looks - 1) / looks] }
    } else if alone.count < names.count {
      let rest = LegendEntry("\(names.count - alone.count) more", .line(Self.grey(style)))
      entries = entries.prefix(alone.count) + [rest]
    }
    guard !heading.isEmpty, names.count > 1 else { return entries }
    return [LegendEntry(heading, .none)] + entries
  }
}

/// Counts in sentences.
enum Words {
  /// `1 run`, `3 runs`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `5 seeds`, `3 to 5 seeds`; empty for one seed everywhere.
  static func seeds(_ counts: [Int]) -> String {
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return "" }
    return least == most ? "\(most) seeds" : "\(least) to \(most) seeds"
  }
}
