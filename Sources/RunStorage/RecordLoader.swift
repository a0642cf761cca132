import GRDB
import Tracking

/// Reads runs by their numbers, with their parameters and summaries.
struct RecordLoader {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func records(_ rows: [Int64]) throws -> [RunRecord] {
    let metrics = try metricNames()
    let keys = try words("SELECT id, key FROM parameter_keys")
    var values: [Int64: ParameterValue] = [:]
    return try rows.compactMap { row in
      guard var record = try record(row) else { return nil }
      try db.cachedStatement(
        sql: "SELECT key, value FROM parameters WHERE run = ?"
      ).forEach(arguments: [row]) { pair in
        guard let key = keys[pair[0]] else { return }
        record.parameters[key] = try value(pair[1], &values)
      }
      try db.cachedStatement(
        sql: "SELECT metric, last, last_step, best FROM series WHERE run = ?"
      ).forEach(arguments: [row]) { summary in
        guard let metric = metrics[summary[0]] else { return }
        record.metrics[metric] = MetricSummary(
          last: summary[1] ?? .nan, lastStep: summary[2], best: summary[3])
      }
      return record
    }
  }

  private static let columns = """
    SELECT run, key, configuration, experiment, sweep, status, current, seed, objective, direction,
      created_at, started_at, ended_at, duration_s, last_step, last_epoch, best_step, best_epoch, message
    FROM run_table WHERE run = (SELECT run FROM runs WHERE id = ?)
    """

  private func record(_ row: Int64) throws -> RunRecord? {
    let statement = try db.cachedStatement(sql: Self.columns)
    guard let found = try Row.fetchOne(statement, arguments: [row]),
      let id = RunID(found[0] as String), let status = RunStatus(rawValue: found[5]),
      let direction = Direction(rawValue: found[9])
    else { return nil }
    return RunRecord(
      id: id, key: found[1], configuration: found[2],
      sweep: SweepName(experiment: found[3], sweep: found[4]), status: status,
      isCurrent: found[6], seed: found[7], objective: Objective(Metric(found[8]), direction),
      createdAt: found[10], startedAt: found[11], endedAt: found[12], durationSeconds: found[13],
      step: found[14], epoch: found[15], bestStep: found[16], bestEpoch: found[17],
      message: found[18])
  }

  private func value(
    _ number: Int64, _ known: inout [Int64: ParameterValue]
  ) throws -> ParameterValue {
    if let value = known[number] { return value }
    let statement = try db.cachedStatement(sql: "SELECT value FROM parameter_values WHERE id = ?")
    let json = try String.fetchOne(statement, arguments: [number]) ?? "null"
    let value = ParameterValue(storedJSON: json) ?? .text(json)
    known[number] = value
    return value
  }

  private func metricNames() throws -> [Int64: Metric] {
    try words("SELECT id, name FROM metrics").mapValues { Metric($0) }
  }

  private func words(_ sql: String) throws -> [Int64: String] {
    var words: [Int64: String] = [:]
    try db.cachedStatement(sql: sql).forEach(arguments: []) { words[$0[0]] = $0[1] }
    return words
  }
}
