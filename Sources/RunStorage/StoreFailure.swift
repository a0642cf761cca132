import GRDB
import GRDBSQLite
import Tracking

/// Turns what SQLite says into what a person can act on.
enum StoreFailure {
  /// Runs `work`, and names the store in every error of SQLite that comes out of it.
  static func mapped<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      throw labbookError(error, path)
    }
  }

  static func labbookError(_ error: DatabaseError, _ path: String) -> LabbookError {
    let code = error.resultCode
    if code == .SQLITE_FULL || (code == .SQLITE_IOERR && isOutOfSpace(error)) {
      return .failure(
        "the disk is full, or files may not become larger: '\(path)' could not be written",
        hint: "make room and run again; what was measured before is kept")
    }
    switch code {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      return .input(
        "'\(path)' is not a Labbook store, or it is damaged (\(detail(error)))",
        hint: "name another file with --db")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return .input(
        "'\(path)' cannot be written here (\(detail(error)))",
        hint: "name a file in a folder you may write with --db")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return .failure(
        "another program has been writing to '\(path)' for more than "
          + "\(BusyWaiting.seconds) seconds",
        hint: "close it, then run again; what was measured before is kept")
    default:
      return .failure("'\(path)': \(detail(error)) (SQLite \(error.extendedResultCode.rawValue))")
    }
  }

  private static func detail(_ error: DatabaseError) -> String {
    error.message ?? error.resultCode.description
  }

  /// A full disk under memory mapping or the log's shared memory shows as an input/output error.
  private static func isOutOfSpace(_ error: DatabaseError) -> Bool {
    error.extendedResultCode == .SQLITE_IOERR_WRITE
      || error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
  }
}
