import GRDB
import GRDBSQLite
import Tracking

/// What SQLite says, turned into what a person can act on.
struct StoreFailure: Error {
  let error: LabbookError
  /// Whether it is the disk that refuses.
  let isOfDisk: Bool

  /// Runs `work`, and names the store in every error of SQLite that comes out of it.
  static func mapped<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do { return try mapping(path, work) } catch let failure as StoreFailure { throw failure.error }
  }

  /// The same, with what the error is about.
  static func mapping<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      let ofDisk: [ResultCode] = [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN]
      throw StoreFailure(
        error: labbookError(error, path), isOfDisk: ofDisk.contains(error.resultCode))
    } catch let error as RowDecodingError {
      throw StoreFailure(error: damage(path, "\(error)"), isOfDisk: false)
    }
  }

  /// A store that holds what none of ours would.
  static func damage(_ path: String, _ what: String) -> LabbookError {
    .input("'\(path)' is damaged: \(what)", hint: "name another file with --db")
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
