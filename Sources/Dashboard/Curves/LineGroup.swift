import RunStorage
import Tracking

/// The runs of one line of a chart.
struct LineGroup: Sendable {
  /// What a legend says.
  let name: String
  /// What its colour follows from.
  let colourKey: String
  /// Its runs, in their order.
  private(set) var runs: [RunRecord]
  /// Whether the line is a run's own.
  let isRun: Bool
  /// The row and the column of panels that it stands in, such as `model = wide`; empty for the only ones.
  let facet: Facet

  /// A place among small charts.
  struct Facet: Hashable, Sendable {
    let row: String
    let column: String
  }

  /// The lines of some runs: one a value of the keys, or one a run where there are no keys, in each of the
  /// small charts.
  ///
  /// - Parameter most: so many are made at most.
  /// - Returns: the first lines, and how many there are.
  /// - Throws: `LabbookError` for a key that no run has.
  static func all(
    _ chosen: ChosenRuns, _ question: CurveQuestion, upTo most: Int
  ) throws(LabbookError) -> (lines: [LineGroup], count: Int) {
    let by = try GroupKey.keys(question.by, of: chosen)
    let rows = try GroupKey.keys(question.rows, of: chosen)
    let columns = try GroupKey.keys(question.columns, of: chosen)
    func facet(_ run: RunRecord) -> Facet {
      Facet(row: words(run, rows, chosen), column: words(run, columns, chosen))
    }
    if by.isEmpty {
      let lines = chosen.runs.prefix(most).map { run in
        LineGroup(
          name: called(run), colourKey: run.key, runs: [run], isRun: true, facet: facet(run))
      }
      return (lines, chosen.runs.count)
    }
    var places: [Name: Int] = [:]
    var groups: [LineGroup] = []
    for run in chosen.runs {
      let values = by.map { $0.words(of: run, chosen) }.joined(separator: ", ")
      let name = Name(values: values, facet: facet(run))
      let place = places[name] ?? places.count
      if place == places.count {
        places[name] = place
        guard place < most else { continue }
        groups.append(
          LineGroup(name: values, colourKey: values, runs: [], isRun: false, facet: name.facet))
      }
      if place < most { groups[place].runs.append(run) }
    }
    return (groups, places.count)
  }

  /// What tells the line of a group apart.
  private struct Name: Hashable {
    let values: String
    let facet: Facet
  }

  /// A run by the beginning of its id, and the name that its program gave it.
  private static func called(_ run: RunRecord) -> String {
    run.id.short + (run.name.map { " " + $0.prefix(40) } ?? "")
  }

  private static func words(_ run: RunRecord, _ keys: [GroupKey], _ chosen: ChosenRuns) -> String {
    keys.map { "\($0.text) = \($0.words(of: run, chosen))" }.joined(separator: ", ")
  }

  /// The runs whose curves are drawn: one that failed only where there is no other.
  var drawn: [RunRecord] {
    let others = runs.filter { $0.status != .failed }
    return others.isEmpty ? runs : others
  }

  /// What the line is known by among all: a run by its whole id, a group by all its values.
  var id: String {
    if isRun, let run = runs.first { return run.id.description }
    return [name, facet.row, facet.column].joined(separator: "\u{1f}")
  }
}
