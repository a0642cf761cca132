import GRDB
public import Tracking

/// Where a run and its metrics stand: what says whether there are points that nobody has been told of.
public struct FollowedRun: Hashable, Sendable {
  /// Where the run stands, as the store has it.
  public let status: RunStatus
  /// The last point of each metric that has one.
  public let last: [Metric: LastPoint]

  /// The point of a metric with the greatest step.
  public struct LastPoint: Hashable, Sendable {
    /// Its step.
    public let step: Int
    /// Its value; `nil` where that is not a number.
    public let value: Double?
  }
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
        SELECT runs.run, runs.status, metrics.name, series.last_step, series.last
        FROM json_each(?) AS wanted
        JOIN runs ON runs.run = wanted.value
        LEFT JOIN (series JOIN metrics ON metrics.id = series.metric
          AND metrics.name IN (SELECT value FROM json_each(?))) ON series.run = runs.id
        """, [Self.jsonList(runs), names])
      var statuses: [RunID: RunStatus] = [:]
      var last: [RunID: [Metric: FollowedRun.LastPoint]] = [:]
      while try rows.next() {
        guard let run = RunID(rows.text(0)) else { continue }
        statuses[run] = RunStatus(rawValue: rows.text(1))
        guard !rows.isNull(2) else { continue }
        last[run, default: [:]][Metric(rows.text(2))] = FollowedRun.LastPoint(
          step: Int(rows.integer(3)), value: rows.optionalNumber(4))
      }
      return statuses.reduce(into: [:]) { all, run in
        all[run.key] = FollowedRun(status: run.value, last: last[run.key] ?? [:])
      }
    }
  }

  /// How many points a metric of a run has up to a step.
  public func pointCount(of run: RunID, _ metric: Metric, upTo step: Int) throws -> Int {
    try read { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT COUNT(*) FROM points WHERE run = (SELECT id FROM runs WHERE run = ?) AND layout IN
              (SELECT layout FROM slots WHERE metric = (SELECT id FROM metrics WHERE name = ?))
            AND step <= ?
            """), arguments: [run.description, metric.name, step]) ?? 0
    }
  }
}
