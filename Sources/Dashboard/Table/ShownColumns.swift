import Results
import RunStorage
import Runs
import Tracking

/// The columns of a table: those that were chosen, or what differs between its runs and how they ended.
struct ShownColumns {
  let shown: [TableColumn]
  /// Differing parameters that are left out for want of room, where nobody chose.
  let leftOut: Int

  /// So many parameters are shown where nobody chose.
  private static let most = 24

  /// - Throws: `TableProblem` for a column that no run has.
  init(_ snapshot: TableSnapshot, _ request: TableRequest) throws(TableProblem) {
    guard request.columns.isEmpty else {
      var seen: Set<TableColumn> = []
      var chosen: [TableColumn] = []
      for name in request.columns {
        guard let column = snapshot.names.column(name, request.reduction) else {
          throw TableProblem("columns", unknown: name, among: snapshot.names.all)
        }
        if column != .fact("run"), seen.insert(column).inserted { chosen.append(column) }
      }
      (shown, leftOut) = (chosen, 0)
      return
    }
    let tally = snapshot.tally
    let differing = tally.differing
    let parameters = differing.prefix(Self.most)
    let metrics = ShownMetrics.of(Set(tally.metrics), objectives: tally.objectives)
    var columns = ["experiment", "sweep"].filter { (tally[.column($0)]?.values.count ?? 0) > 1 }
      .map(TableColumn.fact)
    columns.append(.fact("status"))
    if !request.isByConfiguration {
      columns.append(.fact("seed"))
      if tally[.parameter(RunConfiguration.foldPath)] != nil {
        columns.append(.parameter(RunConfiguration.foldPath))
      }
    }
    columns += parameters.map(TableColumn.parameter)
    columns += metrics.map { .metric(ReducedMetric($0, request.reduction)) }
    if !request.isByConfiguration { columns.append(.fact("last_epoch")) }
    columns.append(.fact("duration_s"))
    if !request.isByConfiguration {
      if tally[.column("tag")] != nil { columns.append(.fact("tag")) }
      if tally.hasNotes { columns.append(.fact("note")) }
      if tally.hasMessages { columns.append(.fact("message")) }
    }
    (shown, leftOut) = (columns, differing.count - parameters.count)
  }

  /// The values of metrics that are shown.
  var metrics: [ReducedMetric] {
    shown.compactMap { if case .metric(let metric) = $0 { metric } else { nil } }
  }
}
