import Drawing
import Languages
import Tracking

/// The groups of a figure in the order of its legend, each with how it is drawn.
///
/// Groups that are all numbers come in their order and take colours from dark to light; others come
/// as they first appear and take the palette's, with another dash and marker each time its colours are
/// used up. Of many that are not numbers the first have a colour and the others are grey; of many
/// numbers neighbours share one.
///
/// Where the names of a whole notebook are known, a name looks as it does in all of its figures.
struct SeriesGroups {
  let names: [String]
  let isOrdered: Bool
  private let strokes: [String: Stroke]
  private let lost: Set<String>
  private let style: Style

  /// So many looks can be told apart.
  static let mostLooks = 24
  /// So many shades of numbers can be seen side by side.
  private static let mostShades = 60

  /// - Parameters:
  ///   - known: the names of all figures that belong together, in their order.
  ///   - lost: groups of which every run diverged, which the legend says.
  init(_ groups: [String], style: Style, known: [String] = [], lost: Set<String> = []) {
    self.lost = lost
    self.style = style
    let found = Self.unique(groups)
    let order = KnownNames(found: found, known: known)
    isOrdered = order.isOrdered
    names = order.sorted(found)
    let looks = Self.mostLooks
    sharesColors = isOrdered && order.all.count > Self.mostShades
    var strokes: [String: Stroke] = [:]
    let places = isOrdered ? order.places : Self.looks(names, order.places, most: looks)
    var alone: Set<String> = []
    for name in names {
      guard let place = places[name] else {
        strokes[name] = Self.grey(style)
        continue
      }
      if sharesColors {
        strokes[name] = style.series(place * looks / order.all.count, of: looks, ordered: true)
      } else {
        alone.insert(name)
        strokes[name] = style.series(place, of: order.all.count, ordered: isOrdered)
      }
    }
    self.strokes = strokes
    self.alone = alone
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// The looks of names: their places in the whole notebook as far as there are looks; those beyond
  /// take the free ones.
  private static func looks(
    _ names: [String], _ places: [String: Int], most: Int
  ) -> [String: Int] {
    var looks = places.filter { $0.value < most && names.contains($0.key) }
    var free = (0..<most).filter { !looks.values.contains($0) }[...]
    for name in names where looks[name] == nil {
      guard let look = free.popFirst() else { break }
      looks[name] = look
    }
    return looks
  }

  /// Whether neighbouring numbers share a colour.
  let sharesColors: Bool
  private let alone: Set<String>

  static func grey(_ style: Style) -> Stroke {
    Stroke(color: style.muted.mixed(with: style.background, share: 0.65), width: 1)
  }

  /// Whether a group's look is its own; those of one look are drawn together, without bands.
  func isAlone(_ group: String) -> Bool { alone.contains(group) }

  /// What is said where not every group has a look of its own.
  func note(heading: String) -> String? {
    guard alone.count < names.count else { return nil }
    let count = names.count
    if sharesColors {
      return heading.isEmpty
        ? style.language(.neighboursShare, count)
        : style.language(.neighboursShareOf, count, heading)
    }
    return style.language(.othersGrey, alone.count, count, min(12, alone.count))
  }

  /// Whether a colour stands for several groups, so that dashes and markers tell them apart.
  func needsDashes(_ style: Style) -> Bool {
    !isOrdered && Set(names.filter(isAlone).map { stroke($0).color }).count < alone.count
  }

  /// Whether lines carry markers: a colour stands for several groups, or shades are too near each other.
  func needsMarkers(_ style: Style) -> Bool {
    needsDashes(style) || (isOrdered && !sharesColors && names.count > style.palette.count)
  }

  func stroke(_ group: String) -> Stroke { strokes[group] ?? Stroke(color: .black) }

  /// What the legend calls each group.
  var labels: [String] {
    names.map { lost.contains($0) ? style.language(.allDiverged, $0) : $0 }
  }

  /// The lines of the legend: none for a single group without a name, a heading where there is one.
  func legend(heading: String, sign: (Stroke) -> LegendEntry.Sign) -> [LegendEntry] {
    guard names.count > 1 || names.first?.isEmpty == false else { return [] }
    var entries = zip(names, labels).map { LegendEntry($1, sign(stroke($0))) }
    if sharesColors {
      let looks = Self.mostLooks
      entries = (0..<looks).map { entries[($0 * names.count + looks - 1) / looks] }
    } else if alone.count < names.count {
      let rest = LegendEntry(
        style.language(.more, names.count - alone.count), .line(Self.grey(style)))
      entries = zip(names, entries).filter { isAlone($0.0) }.map(\.1) + [rest]
    }
    guard !heading.isEmpty, names.count > 1 else { return entries }
    return [LegendEntry(heading, .none)] + entries
  }
}

/// The names of a figure among those of its notebook.
private struct KnownNames {
  /// All names in their order, those of the figure among them.
  let all: [String]
  /// Whether all of them are numbers, and more than two.
  let isOrdered: Bool
  let places: [String: Int]

  init(found: [String], known: [String]) {
    let isKnown = Set(known).isSuperset(of: found) && Set(known).count > 1
    var seen: Set<String> = []
    let names = (isKnown ? known : known.filter(found.contains) + found)
      .filter { seen.insert($0).inserted }
    let numbers = names.compactMap { Double($0) }
    let areNumbers = numbers.count == names.count
    isOrdered = areNumbers && names.count > 2
    all = areNumbers ? names.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) } : names
    places = Dictionary(zip(all, all.indices)) { first, _ in first }
  }

  func sorted(_ found: [String]) -> [String] {
    found.sorted { (places[$0] ?? 0) < (places[$1] ?? 0) }
  }
}

/// Counts in sentences.
enum Words {
  /// `5 seeds`, `3 to 5 seeds`; empty for one seed everywhere.
  static func seeds(_ counts: [Int], _ noun: Phrase, _ language: Language) -> String {
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return "" }
    return language.counted(least, most, noun)
  }

  /// `mean ± one deviation over 5 seeds`; empty where there are none.
  static func means(
    _ band: SeedBand, isLogarithmic: Bool = false, over seeds: String, _ language: Language
  ) -> String {
    guard !seeds.isEmpty else { return "" }
    let words = language.band(band, isLogarithmic: isLogarithmic)
    return words.isEmpty ? language(.meanOver, seeds) : language(.meanBandOver, seeds, words)
  }
}
