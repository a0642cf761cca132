import GRDB
import GRDBSQLite

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

  /// Makes every argument NULL.
  func clear() { sqlite3_clear_bindings(raw) }

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
