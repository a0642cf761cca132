import GRDB
import GRDBSQLite
import Tracking

/// Reads the rows of a statement column by column, straight from SQLite: lists of runs have many.
struct RowReader {
  private let db: Database
  private let statement: Statement
  private let raw: OpaquePointer

  /// Prepares a statement; it may be run again and again.
  init(_ db: Database, _ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = []) throws {
    self.db = db
    statement = try db.cachedStatement(sql: sql)
    raw = statement.sqliteStatement
    try statement.setArguments(StatementArguments(arguments))
    sqlite3_reset(raw)
  }

  /// Begins again with a number as the one argument.
  func restart(with number: Int64) {
    sqlite3_reset(raw)
    sqlite3_bind_int64(raw, 1, number)
  }

  /// Begins again with two numbers as the arguments.
  func restart(with first: Int64, _ second: Int64) {
    restart(with: first)
    sqlite3_bind_int64(raw, 2, second)
  }

  /// Begins again with three numbers as the arguments.
  func restart(with first: Int64, _ second: Int64, _ third: Int64) {
    restart(with: first, second)
    sqlite3_bind_int64(raw, 3, third)
  }

  /// Goes to the next row; false after the last one.
  func next() throws -> Bool {
    let code = sqlite3_step(raw)
    if code == SQLITE_ROW { return true }
    let message = db.sqliteConnection.flatMap { String(cString: sqlite3_errmsg($0)) }
    sqlite3_reset(raw)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
    return false
  }

  /// Gives up the rows that are left.
  func end() { sqlite3_reset(raw) }

  @inline(__always)
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

  @inline(__always)
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }

  @inline(__always)
  func number(_ column: Int32) -> Double { sqlite3_column_double(raw, column) }

  func text(_ column: Int32) -> String {
    sqlite3_column_text(raw, column).map { String(cString: $0) } ?? ""
  }

  /// The name of a run; `nil` for what is none.
  func run(_ column: Int32) -> RunID? {
    guard let text = sqlite3_column_text(raw, column) else { return nil }
    let count = Int(sqlite3_column_bytes(raw, column))
    return RunID(digits: UnsafeBufferPointer(start: text, count: count))
  }

  func optionalInteger(_ column: Int32) -> Int? {
    isNull(column) ? nil : Int(integer(column))
  }

  func optionalNumber(_ column: Int32) -> Double? { isNull(column) ? nil : number(column) }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// Whether the column holds text.
  func isText(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_TEXT }

  /// Whether the column holds a whole number.
  func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_INTEGER }
}
