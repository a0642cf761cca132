import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement with values bound straight to SQLite, several times as fast as by arguments.
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

  func bind(_ value: String, at place: Int32) {
    var value = value
    value.withUTF8 { bytes in
      // Without an address it would be NULL.
      guard let first = UnsafeRawPointer(bytes.baseAddress) else {
        sqlite3_bind_text(raw, place, "", 0, Self.copied)
        return
      }
      sqlite3_bind_text(
        raw, place, first.assumingMemoryBound(to: CChar.self), Int32(bytes.count), Self.copied)
    }
  }

  func bind(_ value: Data, at place: Int32) {
    value.withUnsafeBytes { bytes in
      guard let first = bytes.baseAddress else {
        sqlite3_bind_zeroblob(raw, place, 0)
        return
      }
      sqlite3_bind_blob64(raw, place, first, UInt64(bytes.count), Self.copied)
    }
  }

  @inline(__always)
  func run() throws {
    let code = sqlite3_step(raw)
    sqlite3_reset(raw)
    guard code == SQLITE_DONE else { throw error(code) }
  }

  /// The whole number in the first column of the first row; `nil` where there is none.
  func number() throws -> Int64? {
    let code = sqlite3_step(raw)
    defer { sqlite3_reset(raw) }
    guard code == SQLITE_ROW else {
      guard code == SQLITE_DONE else { throw error(code) }
      return nil
    }
    return sqlite3_column_type(raw, 0) == SQLITE_NULL ? nil : sqlite3_column_int64(raw, 0)
  }

  /// Makes SQLite copy what is bound.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  private func error(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: connection.flatMap { String(cString: sqlite3_errmsg($0)) })
  }
}
