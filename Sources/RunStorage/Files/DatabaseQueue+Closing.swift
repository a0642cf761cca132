import GRDB

extension DatabaseQueue {
  /// Closes the connection, and keeps the queue behind it as long as the process lives.
  ///
  /// Dispatch throws a queue away on a thread of its own, and waits for ever where the system makes
  /// none.
  func closeForGood() {
    try? close()
    _ = Unmanaged.passRetained(self)
  }

  /// Reads with one statement; a thread that does not know that the connection was closed is told so.
  func lookWhileOpen<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try unsafeRead { db in
      if db.sqliteConnection == nil {
        throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store was closed")
      }
      return try work(db)
    }
  }

  /// Reads within a transaction; a thread that does not know that the connection was closed is told so.
  ///
  /// `read` would ask SQLite for the state of a connection that is not there, which ends the process.
  func readWhileOpen<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try lookWhileOpen { db in
      try db.readOnly {
        var value: Value?
        try db.inTransaction(.deferred) {
          value = try work(db)
          return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return value
      }
    }
  }
}
