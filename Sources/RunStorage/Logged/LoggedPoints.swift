import GRDB
import Tracking

/// The points of logged runs, within a transaction.
struct LoggedPoints {
  private let db: Database
  private let words: LogWords

  init(_ db: Database, _ words: LogWords) {
    self.db = db
    self.words = words
  }

  /// Adds points; what is there already with the same time and value stays one.
  func insert(_ points: [LoggedPoint], _ row: LoggedRunRow) throws {
    if points.isEmpty { return }
    let statement = try RawStatement(
      db,
      """
      INSERT OR IGNORE INTO points (run, layout, step, epoch, time, v0) VALUES (?, ?, ?, 0, ?, ?)
      """)
    var latest: [String: LoggedPoint] = [:]
    for point in points {
      let place = try words.metric(point.key, db)
      statement.bind(row.row, at: 1)
      statement.bind(place.layout, at: 2)
      statement.bind(point.step, at: 3)
      statement.bind(point.time, at: 4)
      statement.bind(point.value, at: 5)
      try statement.run()
      var standing = point
      if db.changesCount == 0 { standing = try settle(point, row.row, place) }
      // Of one step the row of `points` is the one that stands.
      if let known = latest[point.key], known.step > standing.step { continue }
      latest[point.key] = standing
    }
    for (_, point) in latest { try note(point, row.row) }
    let reached = try RawStatement(
      db, "UPDATE runs SET step = ?1, epoch = 0 WHERE id = ?2 AND (step IS NULL OR step < ?1)")
    reached.bind(points.lazy.map(\.step).max() ?? 0, at: 1)
    reached.bind(row.row, at: 2)
    try reached.run()
    if row.status != .running, row.status != .planned { try LoggedObjective(db).choose(row.row) }
  }

  /// Puts the later one of two points of a step into `points`, the other beside it.
  ///
  /// - Returns: the one that stands in `points`.
  private func settle(
    _ point: LoggedPoint, _ row: Int64, _ place: (metric: Int64, layout: Int64)
  ) throws -> LoggedPoint {
    let find = try RowReader(
      db, "SELECT time, v0 FROM points WHERE run = ? AND layout = ? AND step = ?",
      [row, place.layout, point.step])
    guard try find.next() else { return point }
    let before = LoggedPoint(
      point.key, find.optionalNumber(1) ?? .nan, time: find.integer(0), step: point.step)
    find.end()
    let isSame =
      before.time == point.time
      && (before.value == point.value || before.value.isNaN && point.value.isNaN)
    if isSame { return before }
    let isLater = point.isLater(than: before)
    let other = isLater ? before : point
    let keep = try RawStatement(
      db,
      "INSERT OR IGNORE INTO logged_points (run, metric, step, time, value) VALUES (?, ?, ?, ?, ?)")
    keep.bind(row, at: 1)
    keep.bind(place.metric, at: 2)
    keep.bind(other.step, at: 3)
    keep.bind(other.time, at: 4)
    keep.bind(other.value, at: 5)
    try keep.run()
    guard isLater else { return before }
    let replace = try RawStatement(
      db, "UPDATE points SET time = ?, v0 = ? WHERE run = ? AND layout = ? AND step = ?")
    replace.bind(point.time, at: 1)
    replace.bind(point.value, at: 2)
    replace.bind(row, at: 3)
    replace.bind(place.layout, at: 4)
    replace.bind(point.step, at: 5)
    try replace.run()
    return point
  }

  /// Keeps the value of the greatest step beside the points.
  private func note(_ point: LoggedPoint, _ row: Int64) throws {
    let statement = try RawStatement(
      db,
      """
      INSERT INTO series (run, metric, last, last_step) VALUES (?, ?, ?, ?)
      ON CONFLICT (run, metric) DO UPDATE SET last = excluded.last, last_step = excluded.last_step
      WHERE excluded.last_step >= last_step
      """)
    statement.bind(row, at: 1)
    statement.bind(try words.metric(point.key, db).metric, at: 2)
    statement.bind(point.value, at: 3)
    statement.bind(point.step, at: 4)
    try statement.run()
  }
}
