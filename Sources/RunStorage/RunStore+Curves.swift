import GRDB
import GRDBSQLite
public import Tracking

extension RunStore {
  /// The points of some metrics of some runs, run by run; a run without a metric has no curve of it.
  public func curves(of runs: [RunID], _ metrics: [Metric]) throws -> [Curve] {
    try read { db in
      var curves: [Curve] = []
      for run in runs {
        guard
          let row = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?"),
            arguments: [run.description])
        else { continue }
        let found = try metrics.compactMap { try PointReader.points(of: row, $0, db) }
        guard !found.isEmpty else { continue }
        let steps = try PointReader.steps(of: row, db)
        curves += found.map { PointReader.curve(run, $0, steps) }
      }
      return curves
    }
  }
}

/// Reads points by raw columns: a curve may have a million of them.
private enum PointReader {
  struct Steps {
    var steps: [Int64] = []
    var epochs: [Int] = []
    var times: [Int64] = []
  }

  struct Points {
    let metric: Metric
    var steps: [Int64] = []
    var values: [Double] = []
  }

  static func steps(of row: Int64, _ db: Database) throws -> Steps {
    var found = Steps()
    try rows(db, "SELECT step, epoch, time FROM steps WHERE run = ? ORDER BY step", row) { raw in
      found.steps.append(sqlite3_column_int64(raw, 0))
      found.epochs.append(Int(sqlite3_column_int64(raw, 1)))
      found.times.append(sqlite3_column_int64(raw, 2))
    }
    return found
  }

  static func points(of row: Int64, _ metric: Metric, _ db: Database) throws -> Points? {
    let find = try db.cachedStatement(
      sql: """
        SELECT series.id FROM series JOIN metrics ON metrics.id = series.metric
        WHERE series.run = ? AND metrics.name = ?
        """)
    guard let series = try Int64.fetchOne(find, arguments: [row, metric.name]) else { return nil }
    var found = Points(metric: metric)
    try rows(db, "SELECT step, value FROM points WHERE series = ? ORDER BY step", series) { raw in
      found.steps.append(sqlite3_column_int64(raw, 0))
      let isNull = sqlite3_column_type(raw, 1) == SQLITE_NULL
      found.values.append(isNull ? .nan : sqlite3_column_double(raw, 1))
    }
    return found
  }

  /// Puts epoch and time beside each point; both lists ascend by step.
  static func curve(_ run: RunID, _ points: Points, _ steps: Steps) -> Curve {
    var epochs: [Int] = []
    var times: [Int64] = []
    epochs.reserveCapacity(points.steps.count)
    times.reserveCapacity(points.steps.count)
    var place = 0
    for step in points.steps {
      while place < steps.steps.count - 1, steps.steps[place] < step { place += 1 }
      epochs.append(place < steps.epochs.count ? steps.epochs[place] : 0)
      times.append(place < steps.times.count ? steps.times[place] : 0)
    }
    return Curve(
      run: run, metric: points.metric, steps: points.steps.map { Int($0) }, epochs: epochs,
      values: points.values, times: times)
  }

  private static func rows(
    _ db: Database, _ sql: String, _ argument: Int64, _ body: (OpaquePointer) -> Void
  ) throws {
    let raw = try db.cachedStatement(sql: sql).sqliteStatement
    sqlite3_reset(raw)
    sqlite3_bind_int64(raw, 1, argument)
    defer { sqlite3_reset(raw) }
    while true {
      let code = sqlite3_step(raw)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code),
          message: db.sqliteConnection.flatMap { String(cString: sqlite3_errmsg($0)) })
      }
      body(raw)
    }
  }
}
