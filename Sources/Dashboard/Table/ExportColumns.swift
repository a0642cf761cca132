import Results
import RunStorage
import Runs
import Terminal
import Tracking

/// The columns of an exported table: those of the command's listing, and what else the page shows.
struct ExportColumns {
  /// What programs call the chosen columns, in their order; empty for all.
  private let chosen: [String]
  /// What the page shows and the listing may lack, with its name.
  private let shown: [(name: String, column: TableColumn)]

  /// - Throws: `TableProblem` for columns that no run has.
  init(_ snapshot: TableSnapshot, _ request: TableRequest) throws(TableProblem) {
    shown = try ShownColumns(snapshot, request).shown.map { (Self.name($0), $0) }
    let first = request.isByConfiguration ? "configuration" : "run"
    chosen = request.columns.isEmpty ? [] : [first] + shown.map(\.name)
  }

  /// What programs call a column.
  private static func name(_ column: TableColumn) -> String {
    switch column {
    case .fact("tag"): "tags"
    case .fact(let name): name
    case .parameter(RunConfiguration.foldPath): "fold"
    case .parameter(let path): path
    case .metric(let value):
      value.reduction == .last
        ? value.metric.name : "\(value.metric.name):\(value.reduction.rawValue)"
    }
  }

  /// A listing with the shown columns that it lacks, and only those that were chosen.
  func table(
    _ listing: Table, of runs: [RunRecord], in store: RunStore
  ) throws -> Table {
    let lacking = lacking(listing)
    let asked = metrics(lacking).filter { [.min, .max].contains($0.reduction) }
    let reduced = try store.values(asked, of: runs.map(\.id))
    return try joined(listing, lacking, .value) { row, column in
      let run = runs[row]
      switch column {
      case .fact(let name): return Table.Cell(run.value(ofColumn: name) ?? .off)
      case .parameter(let path): return Table.Cell(run.parameters[path] ?? .off)
      case .metric(let value):
        let number =
          value.reduction == .best
          ? run.value(of: value.metric, .best) : reduced[run.id]?[value]
        return number.map { Table.Cell(.number($0)) } ?? .empty
      }
    }
  }

  /// The same of a listing of configurations, of which each has several runs.
  func table(
    _ listing: Table, of groups: [[RunRecord]], at places: [Int], _ arrangement: RunArrangement,
    in store: RunStore
  ) throws -> Table {
    let lacking = lacking(listing)
    let asked = metrics(lacking)
    let summaries: [RunSummary?] =
      asked.isEmpty
      ? places.map { _ in nil } : try store.summaries(arrangement, places, of: asked)
    return try joined(listing, lacking, .statistics) { row, column in
      switch column {
      case .fact("status"):
        let counts = Dictionary(grouping: groups[row], by: \.status).mapValues(\.count)
        return .words(StatusBar(counts).words)
      case .fact("duration_s"):
        return Table.Cell(.number(groups[row].compactMap(\.durationSeconds).reduce(0, +)))
      case .fact(let name):
        let isShared = TableColumn.factsOfConfigurations.contains(name)
        return isShared ? Table.Cell(groups[row][0].value(ofColumn: name) ?? .off) : .empty
      case .parameter(let path):
        return RunRecord.isReplicate(path)
          ? .empty : Table.Cell(groups[row][0].parameters[path] ?? .off)
      case .metric(let value):
        return summaries[row]?.statistics[value].map { Table.Cell(statistics: $0) } ?? .empty
      }
    }
  }

  private func lacking(_ listing: Table) -> [(name: String, column: TableColumn)] {
    let known = Set(listing.columns.map(\.name))
    return shown.filter { !known.contains($0.name) }
  }

  private func metrics(_ columns: [(name: String, column: TableColumn)]) -> [ReducedMetric] {
    columns.compactMap { if case .metric(let value) = $0.column { value } else { nil } }
  }

  private func joined(
    _ listing: Table, _ lacking: [(name: String, column: TableColumn)], _ kind: Table.Column.Kind,
    _ cell: (Int, TableColumn) -> Table.Cell
  ) throws -> Table {
    let columns = lacking.map { name, column in
      if case .metric = column { Table.Column(name, kind) } else { Table.Column(name) }
    }
    var table = Table(listing.columns + columns)
    for (place, row) in listing.rows.enumerated() {
      table.append(row + lacking.map { cell(place, $0.column) })
    }
    return chosen.isEmpty ? table : try table.choosing(chosen)
  }
}
