public import Experiments
import RunStorage
public import Terminal
import Sweeps
import Tracking

extension SweepResults {
  /// `table: best`: configurations, the best first; with `by` the best one of every group.
  public func bestTable(_ cell: TableCell) -> Table {
    let metric = cell.metric ?? objective.metric
    let which = cell.value
    let shown = cell.show.map(Metric.init)
    let axes = plan.axes
    var columns: [Table.Column] = axes.isEmpty ? [Table.Column("model")] : []
    columns += axes.map { Table.Column($0) }
    columns.append(Table.Column(metric.name, .statistics))
    columns += shown.map {
      Table.Column($0.name, Self.texts.contains($0.name) ? .value : .statistics)
    }
    columns.append(Table.Column("note"))
    var table = Table(columns)
    for configuration in ranked(candidates(cell.by, metric, which), by: metric, which) {
      let group = group(of: configuration)
      var cells = axisCells(configuration)
      cells.append(group.statistics(of: metric, which).map(Table.Cell.init) ?? .empty)
      cells += shown.map { shownCell($0, group, which) }
      cells.append(.words(note(configuration, group)))
      table.append(cells)
    }
    return table.withoutEmptyColumn("note")
  }

  /// All configurations, or the best one for each value of a key.
  private func candidates(
    _ key: SweepKey?, _ metric: Metric, _ which: MetricValue
  ) -> [PlannedConfiguration] {
    guard let key else { return plan.configurations }
    return plan.groups(by: key).compactMap { group in
      ranked(group.members.map(\.configuration), by: metric, which).first
    }
  }

  private func axisCells(_ configuration: PlannedConfiguration) -> [Table.Cell] {
    guard let point = configuration.points.first, !plan.axes.isEmpty else {
      return [.words(configuration.configuration.modelName)]
    }
    var cells: [Table.Cell] = point.variant.map { [.words($0)] } ?? []
    cells += point.values.map { value in
      value.map { Table.Cell($0.value ?? .text($0.display), text: $0.display) } ?? .empty
    }
    return cells
  }

  /// The columns of `run_table` that hold words.
  private static let texts: Set = [
    "run", "key", "experiment", "sweep", "status", "created_at", "started_at", "ended_at",
  ]

  /// A metric or a column of `run_table` over the seeds: a number's statistics, or what words the
  /// runs have.
  private func shownCell(_ shown: Metric, _ group: RunGroup, _ which: MetricValue) -> Table.Cell {
    if Self.texts.contains(shown.name) {
      let words = group.runs.compactMap { $0.value(ofColumn: shown.name)?.display }
      return .words(Set(words).sorted().joined(separator: ", "))
    }
    guard RunRecord.columns.contains(shown.name) else {
      return group.statistics(of: shown, which).map(Table.Cell.init) ?? .empty
    }
    let numbers = group.runs.compactMap { $0.value(ofColumn: shown.name)?.asNumber }
    return SeedStatistics(numbers).map(Table.Cell.init) ?? .empty
  }

  /// What keeps a row from being whole: runs that diverged, failed or are not there yet.
  private func note(_ configuration: PlannedConfiguration, _ group: RunGroup) -> String {
    var parts: [String] = []
    for status in RunStatus.allCases where status != .completed {
      let count = group.runs.count { $0.status == status }
      if count > 0 { parts.append("\(count) \(status.rawValue)") }
    }
    let absent = configuration.runs.count - group.runs.count
    if absent > 0 { parts.append("\(absent) not run") }
    return parts.joined(separator: ", ")
  }
}
