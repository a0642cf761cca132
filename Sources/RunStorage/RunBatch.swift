import GRDB
import GRDBSQLite
import Tracking

/// What one run sent since the last transaction, and where its series stand.
struct RunBatch: Sendable {
  let run: RunID
  let row: Int64
  var buffer = PointBuffer()
  var chosen: ChosenEpoch?
  var artifacts: [ArtifactRecord] = []
  /// The number of each metric's series.
  private var series: [Metric: Int64] = [:]

  init(_ claim: RunClaim) {
    run = claim.run
    row = claim.row
  }

  var isEmpty: Bool { buffer.count == 0 && chosen == nil && artifacts.isEmpty }

  /// Forgets the numbers that a transaction gave which was then undone.
  mutating func forgetSeries() { series = [:] }

  /// Forgets what has been written.
  mutating func clear() {
    buffer.removeAll()
    chosen = nil
    artifacts = []
  }

  /// Inserts everything within a transaction.
  mutating func insert(_ db: Database) throws {
    if buffer.count > 0 {
      try insertSteps(db)
      for column in buffer.columns where !column.steps.isEmpty { try insert(column, db) }
    }
    try updateRun(db)
    for artifact in artifacts { try insert(artifact, db) }
  }

  private func insertSteps(_ db: Database) throws {
    let statement = try RawStatement(
      db, "INSERT OR IGNORE INTO steps (run, step, epoch, time) VALUES (?, ?, ?, ?)")
    statement.bind(row, at: 1)
    for step in buffer.steps {
      statement.bind(step.step, at: 2)
      statement.bind(step.epoch, at: 3)
      statement.bind(step.timeMilliseconds, at: 4)
      try statement.run()
    }
  }

  private mutating func insert(_ column: PointBuffer.Column, _ db: Database) throws {
    let number = try seriesNumber(column, db)
    let statement = try RawStatement(
      db, "INSERT OR REPLACE INTO points (series, step, value) VALUES (?, ?, ?)")
    statement.bind(number, at: 1)
    for place in column.steps.indices {
      statement.bind(column.steps[place], at: 2)
      statement.bind(column.values[place], at: 3)
      try statement.run()
    }
  }

  private mutating func seriesNumber(_ column: PointBuffer.Column, _ db: Database) throws -> Int64 {
    let last = column.values.last
    let step = column.steps.last
    if let known = series[column.metric] {
      try db.cachedStatement(sql: "UPDATE series SET last = ?, last_step = ? WHERE id = ?")
        .execute(arguments: [last, step, known])
      return known
    }
    let metric = try WordTable.id(of: column.metric.name, in: .metrics, db)
    try db.cachedStatement(
      sql: """
        INSERT INTO series (run, metric, last, last_step) VALUES (?, ?, ?, ?)
        ON CONFLICT (run, metric) DO UPDATE SET last = excluded.last, last_step = excluded.last_step
        """
    ).execute(arguments: [row, metric, last, step])
    let number = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM series WHERE run = ? AND metric = ?"),
      arguments: [row, metric])
    series[column.metric] = number
    return number ?? 0
  }

  private func updateRun(_ db: Database) throws {
    if let last = buffer.steps.last {
      try db.cachedStatement(sql: "UPDATE runs SET step = ?, epoch = ? WHERE id = ?")
        .execute(arguments: [last.step, last.epoch, row])
    }
    if let chosen {
      try db.cachedStatement(sql: "UPDATE runs SET best_step = ?, best_epoch = ? WHERE id = ?")
        .execute(arguments: [chosen.step, chosen.epoch, row])
    }
  }

  private func insert(_ artifact: ArtifactRecord, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO artifacts (run, name, path, bytes, sha256) VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [row, artifact.name, artifact.path, artifact.bytes, artifact.sha256])
  }
}

/// A prepared statement with numbers bound straight to SQLite, twice as fast as by arguments.
struct RawStatement {
  private let statement: Statement
  private let raw: OpaquePointer
  private let connection: OpaquePointer?

  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    raw = statement.sqliteStatement
    connection = db.sqliteConnection
    sqlite3_reset(raw)
  }

  @inline(__always)
  func bind(_ value: Int64, at place: Int32) { sqlite3_bind_int64(raw, place, value) }

  /// Binds a number; SQLite makes not-a-number NULL.
  @inline(__always)
  func bind(_ value: Double, at place: Int32) { sqlite3_bind_double(raw, place, value) }

  @inline(__always)
  func run() throws {
    let code = sqlite3_step(raw)
    sqlite3_reset(raw)
    guard code == SQLITE_DONE else { throw error(code) }
  }

  private func error(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: connection.flatMap { String(cString: sqlite3_errmsg($0)) })
  }
}
