import Results
import RunStorage
import Terminal
import Tracking

/// The experiments of a store with their sweeps, and how far each is.
struct SweepList {
  let sweeps: [SweepRecord]
  let progress: [SweepName: SweepProgress]

  /// - Throws: `LabbookError` where the store cannot be read.
  init(_ store: RunStore) throws {
    sweeps = try store.sweeps()
    progress = try store.progress()
  }

  /// The sweeps of each experiment, in the order in which they were first asked for.
  var experiments: [(name: String, sweeps: [SweepRecord])] {
    var places: [String: Int] = [:]
    var found: [(name: String, sweeps: [SweepRecord])] = []
    for sweep in sweeps {
      if let place = places[sweep.name.experiment] {
        found[place].sweeps.append(sweep)
      } else {
        places[sweep.name.experiment] = found.count
        found.append((sweep.name.experiment, [sweep]))
      }
    }
    return found
  }

  /// The list for programs: what `labbook experiments` says, and how far each sweep is.
  var table: Table {
    let known = sweepTable(sweeps)
    let more = [
      "former", "objective", "direction", "best", "best_run", "left_s", "last_activity",
    ]
    var table = Table(known.columns + more.map { Table.Column($0) })
    for (sweep, row) in zip(sweeps, known.rows) {
      let progress = progress[sweep.name]
      let cells: [Table.Cell] = [
        Table.Cell(.integer(sweep.former)),
        Self.words(progress?.objective?.metric.name),
        Self.words(progress?.objective?.direction.rawValue), Self.number(progress?.best),
        Self.words(progress?.bestRun?.description), Self.number(progress?.secondsLeft),
        Self.words(progress?.lastActivity),
      ]
      table.append(row + cells)
    }
    return table
  }

  private static func words(_ text: String?) -> Table.Cell { text.map(Table.Cell.words) ?? .empty }

  private static func number(_ value: Double?) -> Table.Cell {
    value.map { Table.Cell(.number($0)) } ?? .empty
  }
}
