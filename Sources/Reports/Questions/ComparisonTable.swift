public import Experiments
import RunStorage
import Runs
import Sweeps
public import Terminal
import Tracking

extension SweepResults {
  /// `table: compare`.
  public func comparisonTable(_ cell: TableCell) -> Table {
    let metric = cell.metric ?? objective.metric
    let groups = (cell.by.map { key in plan.groups(by: key).map { (key, $0) } } ?? []).map {
      key, group in
      Comparison.Group(
        name: group.value.display, values: values(of: group, key, metric, cell.value),
        diverged: diverged(group))
    }
    return Comparison(
      label: cell.by?.label ?? "", metric: metric, direction: direction(of: metric),
      groups: groups, baseline: cell.against?.display ?? ""
    ).table
  }

  private func diverged(_ group: SweepGroup) -> Int {
    let runs = group.members.flatMap { point, configuration in configuration.runs(of: point) }
    return Set(runs.filter { record(of: $0)?.status == .diverged }.map(\.key)).count
  }

  /// The values of a group by what its combinations hold beside the key.
  private func values(
    of group: SweepGroup, _ key: SweepKey, _ metric: Metric, _ which: MetricValue
  ) -> Comparison.Values {
    var values: Comparison.Values = [:]
    for (point, configuration) in group.members {
      var rest = key == .variant ? [] : [point.variant ?? ""]
      rest += point.values.compactMap { value in
        value.flatMap { $0.axis == key.label ? nil : "\($0.axis)=\($0.display)" }
      }
      for run in configuration.runs(of: point) {
        guard let record = record(of: run), record.status.isResult, record.status != .diverged,
          let value = record.value(of: metric, which)
        else { continue }
        values[rest.joined(separator: ", "), default: []].append((run.seed, value))
      }
    }
    return values
  }
}
