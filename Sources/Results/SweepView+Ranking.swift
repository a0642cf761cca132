import RunStorage
public import Tracking

extension SweepView {
  /// The direction in which a metric is better.
  ///
  /// - Throws: `LabbookError` with the line to add where nobody has said it.
  public func direction(of metric: Metric) throws(LabbookError) -> Direction {
    guard let known = knownDirection(of: metric) else { throw MetricDirections.unknown(metric) }
    return known
  }

  /// The direction in which a metric is better; `nil` where nobody has said it.
  func knownDirection(of metric: Metric) -> Direction? {
    objective.direction(of: metric, directions)
  }

  /// Configurations, the best first by the mean over seeds; those with a diverged or failed run
  /// come after all without, those without a value last.
  ///
  /// - Throws: `LabbookError` where nobody has said which way the metric is better.
  public func ranked(
    _ configurations: [Configuration], by metric: Metric, _ which: MetricValue
  ) throws(LabbookError) -> [Configuration] {
    ranked(configurations, by: metric, try direction(of: metric), which) { $0.group }
  }

  /// Combinations, the best first, as configurations rank.
  ///
  /// - Throws: `LabbookError` where nobody has said which way the metric is better.
  public func ranked(
    _ points: [Point], by metric: Metric, _ which: MetricValue
  ) throws(LabbookError) -> [Point] {
    ranked(points, by: metric, try direction(of: metric), which) { RunGroup(runs: $0.runs) }
  }

  /// Configurations, the best first by the objective.
  func rankedByObjective(_ which: MetricValue) -> [Configuration] {
    ranked(configurations, by: objective.metric, objective.direction, which) { $0.group }
  }

  /// Stable: of equal ones the earlier one of the file comes first.
  func ranked<Item>(
    _ items: [Item], by metric: Metric, _ direction: Direction, _ which: MetricValue,
    _ group: (Item) -> RunGroup
  ) -> [Item] {
    let ranks = items.map { group($0).rank(by: metric, which) }
    return items.indices.sorted { a, b in
      if ranks[a].isBefore(ranks[b], direction) { return true }
      if ranks[b].isBefore(ranks[a], direction) { return false }
      return a < b
    }.map { items[$0] }
  }
}
