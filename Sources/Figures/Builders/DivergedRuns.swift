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
  func words(_ heading: String) -> String {
    let total = groups.values.reduce(0) { $0 + $1.runs.count }
    let text = "\(count) of \(Words.count(total, "run")) diverged"
    let affected = names.filter { groups[$0]?.diverged.isEmpty == false }
    guard names.count > 1, affected.count <= Self.mostNamed else { return text }
    let each = affected.map { name in
      "\(heading.isEmpty ? "" : heading + " ")\(name): \(groups[name]?.diverged.count ?? 0) of \(groups[name]?.runs.count ?? 0)"
    }
    return text + " (" + each.joined(separator: "; ") + ")"
  }

  /// The same with what becomes of them.
  ///
  /// - Parameter lost: lines whose runs all diverged.
  func leftOut(_ heading: String, lost: [String]) -> String {
    let start = words(heading) + " and \(count == 1 ? "is" : "are") left out of the means"
    guard !lost.isEmpty else { return start + "." }
    let names = lost.filter { !$0.isEmpty }
    guard !names.isEmpty, names.count <= Self.mostNamed else {
      return start + "; where all did, the line ends at a cross."
    }
    return start + "; of \(names.joined(separator: "; ")) all did: a cross ends their line."
  }

  /// So many groups are named in a sentence.
  private static let mostNamed = 8
}
