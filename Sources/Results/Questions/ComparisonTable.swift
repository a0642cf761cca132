public import Experiments
import RunStorage
public import Runs
public import Terminal
public import Tracking

extension SweepView {
  /// `table: compare`.
  public func comparisonTable(_ cell: TableCell) -> Table {
    guard let key = cell.by else { return Table([]) }
    return Comparison(
      self, by: key, against: cell.against?.display, metric: cell.metric ?? objective.metric,
      cell.value
    ).table
  }
}

extension Comparison {
  /// Compares the groups of a sweep by a key, run by run of the same seed.
  ///
  /// - Parameter against: the group the others are compared with; `nil` means the first one.
  public init(
    _ view: SweepView, by key: SweepKey, against: String?, metric: Metric, _ which: MetricValue
  ) {
    let groups = view.groups(by: key).map { group in
      Group(
        name: group.name, values: Self.values(of: group, key, metric, which),
        diverged: Self.diverged(group))
    }
    self.init(
      label: key.label, metric: metric, direction: view.knownDirection(of: metric), groups: groups,
      baseline: against ?? groups.first?.name ?? "")
  }

  private static func diverged(_ group: SweepView.Group) -> Int {
    Set(group.points.flatMap(\.runs).filter { $0.status == .diverged }.map(\.key)).count
  }

  /// The values of a group by what its combinations hold beside the key.
  private static func values(
    of group: SweepView.Group, _ key: SweepKey, _ metric: Metric, _ which: MetricValue
  ) -> Values {
    var values: Values = [:]
    for point in group.points {
      let rest = point.axes.filter { $0.axis != key.label }.map { "\($0.axis)=\($0.display)" }
      for run in point.runs where run.status.isResult && run.status != .diverged {
        guard let value = run.value(of: metric, which) else { continue }
        values[rest.joined(separator: ", "), default: []].append((run.seed, value))
      }
    }
    return values
  }
}
