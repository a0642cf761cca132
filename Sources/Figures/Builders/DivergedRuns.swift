import Languages

/// The runs of a figure, each once, and which of them diverged, group by group.
struct DivergedRuns {
  private struct Group {
    var runs: Set<RunName> = []
    var diverged: Set<RunName> = []
  }

  private var names: [String] = []
  private var groups: [String: Group] = [:]

  /// Counts a run; what is told of it again changes nothing.
  mutating func add(_ run: RunName, of group: String, hasDiverged: Bool) {
    if groups[group] == nil { names.append(group) }
    groups[group, default: Group()].runs.insert(run)
    if hasDiverged { groups[group]?.diverged.insert(run) }
  }

  /// How many runs diverged.
  var count: Int { groups.values.reduce(0) { $0 + $1.diverged.count } }

  /// Groups of which every run diverged.
  var lost: Set<String> { Set(names.filter { groups[$0].map { $0.diverged == $0.runs } ?? false }) }

  /// How many runs of which groups diverged: `2 of 8 runs diverged (model wide: 2 of 4)`.
  ///
  /// - Parameter heading: what the groups are; may be empty.
  func words(_ heading: String, _ language: Language) -> String {
    let total = groups.values.reduce(0) { $0 + $1.runs.count }
    let text = language(.diverged, count, total)
    let affected = names.filter { groups[$0]?.diverged.isEmpty == false }
    guard names.count > 1, affected.count <= Self.mostNamed else { return text }
    let each = affected.map { name in
      let group = groups[name] ?? Group()
      let title = heading.isEmpty ? name : "\(heading) \(name)"
      return language(.divergedOf, title, group.diverged.count, group.runs.count)
    }
    return text + " (" + each.joined(separator: "; ") + ")"
  }

  /// The same with what becomes of them.
  ///
  /// - Parameter lost: lines whose runs all diverged.
  func leftOut(_ heading: String, lost: [String], _ language: Language) -> String {
    let start = words(heading, language)
    guard !lost.isEmpty else { return language(.leftOutOfMeans, start, count) }
    let names = lost.filter { !$0.isEmpty }
    guard !names.isEmpty, names.count <= Self.mostNamed else {
      return language(.leftOutCross, start, count)
    }
    return language(.leftOutCrossOf, start, count, names.joined(separator: "; "))
  }

  /// So many groups are named in a sentence.
  private static let mostNamed = 8
}
