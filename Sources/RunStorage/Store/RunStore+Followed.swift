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

/// Where a run and its metrics stand, in so little that many runs are followed.
public struct FollowedMark: Hashable, Sendable {
  /// Where the run stands, as the store has it.
  public let status: RunStatus
  /// Another one where the last point of some metric is another.
  private(set) var points = 0

  init(_ status: RunStatus) { self.status = status }

  /// Takes the last point of a metric.
  mutating func add(_ metric: Int64, _ step: Int64, _ value: Double?) {
    var hasher = Hasher()
    hasher.combine(metric)
    hasher.combine(step)
    hasher.combine(value?.bitPattern)
    // In whatever order metrics come.
    points ^= hasher.finalize()
  }
}

extension RunStore {
  /// Where some runs and some of their metrics stand, to be compared with where they stood; a run that is
  /// gone is missing.
  public func marks(_ runs: [RunID], _ metrics: [Metric]) throws -> [RunID: FollowedMark] {
    let names = Self.jsonNames(metrics)
    return try read { db in
      let numbers = try Int64.fetchAll(
        db, sql: "SELECT id FROM metrics WHERE name IN (SELECT value FROM json_each(?))",
        arguments: [names])
      let series = try RowReader(
        db, "SELECT last_step, last FROM series WHERE run = ? AND metric = ?", [0, 0])
      let rows = try RowReader(
        db,
        """
        SELECT runs.run, runs.status, runs.id FROM json_each(?) AS wanted
        JOIN runs ON runs.run = wanted.value
        """, [Self.jsonList(runs)])
      var marks: [RunID: FollowedMark] = [:]
      while try rows.next() {
        guard let run = rows.run(0), let status = RunStatus(rawValue: rows.text(1)) else {
          continue
        }
        var mark = FollowedMark(status)
        for metric in numbers {
          series.restart(with: rows.integer(2), metric)
          while try series.next() { mark.add(metric, series.integer(0), series.optionalNumber(1)) }
        }
        marks[run] = mark
      }
      return marks
    }
  }

  /// Where some runs and some of their metrics stand; a run that is gone is missing.
  public func followed(
    _ runs: [RunID], _ metrics: [Metric]
  ) throws -> [RunID: FollowedRun] {
    let names = Self.jsonNames(metrics)
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
        guard let run = rows.run(0) else { continue }
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

  private static func jsonNames(_ metrics: [Metric]) -> String {
    "[" + metrics.map { ParameterValue.json($0.name) }.joined(separator: ",") + "]"
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
