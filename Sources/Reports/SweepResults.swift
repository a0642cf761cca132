import Experiments
public import RunStorage
import Runs
public import Sweeps
public import Tracking

/// A planned sweep with what the store knows of its runs.
public struct SweepResults {
  /// What was planned.
  public let plan: SweepPlan
  /// By what configurations are ranked where a cell names no metric.
  public let objective: Objective
  private let records: [String: RunRecord]

  /// Reads the runs of a sweep.
  ///
  /// - Throws: `LabbookError` where the store cannot be read.
  public init(_ plan: SweepPlan, in store: RunStore) throws {
    var query = RunQuery()
    query.keys = plan.runs.map(\.key)
    self.init(plan, try store.runs(query))
  }

  /// Takes the runs of a sweep from `records`, which may hold others too.
  public init(_ plan: SweepPlan, _ records: [RunRecord]) {
    self.plan = plan
    objective =
      plan.configurations.first?.configuration.objective ?? Objective(.trainLoss, .minimize)
    self.records = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
  }

  /// The stored run of a planned one; `nil` where it never began.
  public func record(of run: PlannedRun) -> RunRecord? { records[run.key] }

  /// The stored runs of a configuration, in the order of the seeds.
  public func group(of configuration: PlannedConfiguration) -> RunGroup {
    RunGroup(runs: configuration.runs.compactMap(record))
  }

  /// The direction in which a metric is better.
  public func direction(of metric: Metric) -> Direction {
    metric == objective.metric
      ? objective.direction
      : metric.isHigherBetter ? .maximize : .minimize
  }

  /// Configurations, the best first by the mean over seeds; those with a diverged or failed run
  /// come after all without, those without a value last.
  public func ranked(
    _ configurations: [PlannedConfiguration], by metric: Metric, _ which: MetricValue
  ) -> [PlannedConfiguration] {
    let direction = direction(of: metric)
    let groups = configurations.map { ($0, group(of: $0)) }
    // Stable: of equal configurations the earlier one of the file comes first.
    return groups.enumerated().sorted { a, b in
      if a.element.1.ranksBefore(b.element.1, by: metric, direction, which) { return true }
      if b.element.1.ranksBefore(a.element.1, by: metric, direction, which) { return false }
      return a.offset < b.offset
    }.map(\.element.0)
  }

  /// How many planned runs have no result yet, those that are still to come among them.
  public var missing: Int {
    plan.runs.count { record(of: $0)?.status.isResult != true } + plan.pendingRuns
  }
}
