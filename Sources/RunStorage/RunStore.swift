import Foundation
import GRDB
import Tracking

/// The store: one SQLite file and the folder of what belongs to its runs.
///
/// Every method may be called from any thread. Errors are `LabbookError`s that name the file.
public final class RunStore: Sendable {
  /// The path as the user gave it.
  public let path: String

  /// Writing transactions, one at a time.
  let writer: DatabaseQueue
  /// Reads beside the writer; in write-ahead mode neither waits for the other.
  let reader: DatabaseQueue
  /// Whether this process may write to the file.
  public let isWritable: Bool
  /// Where the file and the folders of its runs really lie.
  let place: StorePlace
  /// Who trains which run.
  let claims: ClaimLocks

  /// What a process wants of a store.
  public enum Access: Sendable {
    /// Makes the store where there is none.
    case create
    /// Reads and writes a store that is there.
    case existing
  }

  /// Opens a store, migrating an older one.
  ///
  /// - Parameter runsFolder: where the runs' folders lie, instead of beside the file; by default what
  ///   the environment says in `LABBOOK_RUNS`.
  /// - Throws: `LabbookError` where the path is a folder, its folder is missing or not writable,
  ///   the file is something else, damaged, or written by a newer Labbook, or where there is no
  ///   store and `access` does not make one.
  public init(at path: String, _ mode: Access, runsFolder: String? = nil) throws {
    self.path = path
    let isNew = try StoreFile.examine(path, mode)
    let isWritable = isNew || (access(path, W_OK) == 0 && StoreFile.folderIsWritable(path))
    self.isWritable = isWritable
    if isWritable {
      (writer, reader) = try StoreOpening.connect(path)
    } else {
      reader = try StoreOpening.connectReadOnly(path)
      writer = reader
    }
    let elsewhere = runsFolder ?? ProcessInfo.processInfo.environment["LABBOOK_RUNS"] ?? ""
    place = StorePlace(of: path, runs: elsewhere)
    claims = ClaimLocks(place.file + ".lock", isWritable: isWritable)
  }

  deinit {
    reader.closeForGood()
    writer.closeForGood()
  }

  /// The folder of what belongs to the runs: `labbook.sqlite.runs` beside the real file, whatever
  /// link leads to it, or what `LABBOOK_RUNS` says.
  public var runsFolder: String { place.runsFolder }

  /// Closes the connections; the last process to close also folds the log into the file.
  public func close() {
    if isWritable, !place.isElsewhere { rmdir(place.runsFolder) }  // Only where it is empty.
    claims.close()
    try? reader.close()
    try? writer.close()
  }

  func write<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try StoreFailure.mapped(path) { try writer.write(work) }
  }

  func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try StoreFailure.mapped(path) { try reader.read(work) }
  }
}
