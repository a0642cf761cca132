public import RunStorage
public import Terminal
import Tracking

/// The sweeps of a store as a table: `labbook experiments`.
public func sweepTable(_ sweeps: [SweepRecord]) -> Table {
  let used = RunStatus.allCases.filter { status in
    status == .completed || sweeps.contains { $0.counts[status] != nil }
  }
  var columns = ["experiment", "sweep", "runs"].map { Table.Column($0) }
  columns += used.map { Table.Column($0.rawValue) }
  columns += [
    Table.Column("training_s", rank: 4), Table.Column("last_ended_at", rank: 3),
    Table.Column("tags", rank: 2), Table.Column("title"),
  ]
  var table = Table(columns)
  for sweep in sweeps {
    var cells = [
      Table.Cell.words(sweep.name.experiment), .words(sweep.name.sweep),
      Table.Cell(.integer(sweep.runs)),
    ]
    cells += used.map { Table.Cell(.integer(sweep.counts[$0] ?? 0)) }
    cells += [
      Table.Cell(
        .number(sweep.durationSeconds), text: SeedStatistics.text(sweep.durationSeconds)),
      sweep.lastEndedAt.map(Table.Cell.words) ?? .empty,
      sweep.tags.isEmpty ? .empty : .words(sweep.tags.joined(separator: ", ")),
      sweep.title.map(Table.Cell.words) ?? .empty,
    ]
    table.append(cells)
  }
  return table
}
