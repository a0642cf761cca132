import GRDB
import GRDBSQLite
public import Tracking

extension RunStore {
  /// The points of some metrics of some runs, run by run; a run without a metric has no curve of it.
  public func curves(of runs: [RunID], _ metrics: [Metric]) throws -> [Curve] {
    try read { db in
      var curves: [Curve] = []
      for run in runs {
        let find = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
        guard let row = try Int64.fetchOne(find, arguments: [run.description]) else { continue }
        for metric in metrics {
          let found = try CurveReader(db, row, metric).curve(of: run, metric)
          if let found { curves.append(found) }
        }
      }
      return curves
    }
  }
}

/// Reads points by raw columns: a curve may have a million of them.
private struct CurveReader {
  private struct Point {
    let step: Int64
    let epoch: Int64
    let time: Int64
    let value: Double
  }

  private var points: [Point] = []

  init(_ db: Database, _ run: Int64, _ metric: Metric) throws {
    let slots = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT slots.layout, slots.slot FROM slots JOIN metrics ON metrics.id = slots.metric
          WHERE metrics.name = ?
          """), arguments: [metric.name])
    var layouts = 0
    for slot in slots {
      let before = points.count
      try read(db, run, layout: slot[0], slot: slot[1])
      if points.count > before { layouts += 1 }
    }
    if layouts > 1 { points.sort { $0.step < $1.step } }
  }

  func curve(of run: RunID, _ metric: Metric) -> Curve? {
    guard !points.isEmpty else { return nil }
    return Curve(
      run: run, metric: metric, steps: points.map { Int($0.step) },
      epochs: points.map { Int($0.epoch) }, values: points.map(\.value),
      times: points.map(\.time))
  }

  private mutating func read(_ db: Database, _ run: Int64, layout: Int64, slot: Int) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT step, epoch, time, v\(slot) FROM points WHERE run = ? AND layout = ? ORDER BY step
        """)
    let raw = statement.sqliteStatement
    sqlite3_reset(raw)
    sqlite3_bind_int64(raw, 1, run)
    sqlite3_bind_int64(raw, 2, layout)
    defer { sqlite3_reset(raw) }
    while true {
      let code = sqlite3_step(raw)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code),
          message: db.sqliteConnection.flatMap { String(cString: sqlite3_errmsg($0)) })
      }
      let isNull = sqlite3_column_type(raw, 3) == SQLITE_NULL
      points.append(
        Point(
          step: sqlite3_column_int64(raw, 0), epoch: sqlite3_column_int64(raw, 1),
          time: sqlite3_column_int64(raw, 2),
          value: isNull ? .nan : sqlite3_column_double(raw, 3)))
    }
  }
}
