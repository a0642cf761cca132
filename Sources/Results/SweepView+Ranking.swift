import RunStorage
public import Tracking

extension SweepView {
  /// The direction in which a metric is better.
  public func direction(of metric: Metric) -> Direction { objective.direction(of: metric) }

  /// Configurations, the best first by the mean over seeds; those with a diverged or failed run
  /// come after all without, those without a value last.
  public func ranked(
    _ configurations: [Configuration], by metric: Metric, _ which: MetricValue
  ) -> [Configuration] {
    ranked(configurations, by: metric, which) { $0.group }
  }

  /// Combinations, the best first, as configurations rank.
  public func ranked(
    _ points: [Point], by metric: Metric, _ which: MetricValue
  ) -> [Point] {
    ranked(points, by: metric, which) { RunGroup(runs: $0.runs) }
  }

  /// Stable: of equal ones the earlier one of the file comes first.
  func ranked<Item>(
    _ items: [Item], by metric: Metric, _ which: MetricValue, _ group: (Item) -> RunGroup
  ) -> [Item] {
    let direction = direction(of: metric)
    return items.map { ($0, group($0)) }.enumerated().sorted { a, b in
      if a.element.1.ranksBefore(b.element.1, by: metric, direction, which) { return true }
      if b.element.1.ranksBefore(a.element.1, by: metric, direction, which) { return false }
      return a.offset < b.offset
    }.map(\.element.0)
  }
}
