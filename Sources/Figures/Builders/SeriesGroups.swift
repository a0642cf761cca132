import Tracking

/// The groups of a figure in the order of its legend, each with how it is drawn.
///
/// Groups that are all numbers come in their order and take colours from dark to light; others come
/// as they first appear and take the palette's.
struct SeriesGroups {
  let names: [String]
  let isOrdered: Bool
  private let strokes: [String: Stroke]
  private let lost: Set<String>

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
    for (index, name) in names.enumerated() {
      strokes[name] = style.series(index, of: names.count, ordered: isOrdered)
    }
    self.strokes = strokes
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
    let entries = zip(names, labels).map { LegendEntry($1, sign(stroke($0))) }
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
