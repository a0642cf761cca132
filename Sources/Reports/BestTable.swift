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
    columns += shown.map { Table.Column($0.name, .statistics) }
    columns.append(Table.Column("note"))
    var table = Table(columns)
    for configuration in ranked(candidates(cell.by, metric, which), by: metric, which) {
      let group = group(of: configuration)
      var cells = axisCells(configuration)
      cells.append(group.statistics(of: metric, which).map(Table.Cell.init) ?? .empty)
      cells += shown.map { shown in
        statistics(of: shown, group, which).map(Table.Cell.init) ?? .empty
      }
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

  /// A metric's statistics; columns of `run_table` that are numbers count as metrics here.
  private func statistics(
    of metric: Metric, _ group: RunGroup, _ which: MetricValue
  ) -> SeedStatistics? {
    let column: (RunRecord) -> Double?
    switch metric.name {
    case "duration_s": column = { $0.durationSeconds }
    case "epoch": column = { $0.epoch.map(Double.init) }
    case "step": column = { $0.step.map(Double.init) }
    case "best_epoch": column = { $0.bestEpoch.map(Double.init) }
    case "best_step": column = { $0.bestStep.map(Double.init) }
    case "seed": column = { Double($0.seed) }
    default: return group.statistics(of: metric, which)
    }
    return SeedStatistics(group.runs.compactMap(column))
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
