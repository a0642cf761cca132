import GRDB
public import Tracking

/// Where a run and its metrics stand: what says whether there are points that nobody has been told of.
public struct FollowedRun: Hashable, Sendable {
  /// Where the run stands, as the store has it.
  public let status: RunStatus
  /// The step of the last point of each metric that has one.
  public let lastSteps: [Metric: Int]
}

extension RunStore {
  /// Where some runs and some of their metrics stand; a run that is gone is missing.
  public func followed(
    _ runs: [RunID], _ metrics: [Metric]
  ) throws -> [RunID: FollowedRun] {
    let names = "[" + metrics.map { ParameterValue.json($0.name) }.joined(separator: ",") + "]"
    return try read { db in
      let rows = try RowReader(
        db,
        """
        SELECT runs.run, runs.status, metrics.name, series.last_step FROM json_each(?) AS wanted
        JOIN runs ON runs.run = wanted.value
        LEFT JOIN (series JOIN metrics ON metrics.id = series.metric
          AND metrics.name IN (SELECT value FROM json_each(?))) ON series.run = runs.id
        """, [Self.jsonList(runs), names])
      var statuses: [RunID: RunStatus] = [:]
      var steps: [RunID: [Metric: Int]] = [:]
      while try rows.next() {
        guard let run = RunID(rows.text(0)) else { continue }
        statuses[run] = RunStatus(rawValue: rows.text(1))
        guard !rows.isNull(2) else { continue }
        steps[run, default: [:]][Metric(rows.text(2))] = Int(rows.integer(3))
      }
      return statuses.reduce(into: [:]) { all, run in
        all[run.key] = FollowedRun(status: run.value, lastSteps: steps[run.key] ?? [:])
      }
    }
  }
}
