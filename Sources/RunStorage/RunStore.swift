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

  /// What a process wants of a store.
  public enum Access: Sendable {
    /// Makes the store where there is none.
    case create
    /// Reads and writes a store that is there.
    case existing
  }

  /// Opens a store, migrating an older one.
  ///
  /// - Throws: `LabbookError` where the path is a folder, its folder is missing or not writable,
  ///   the file is something else, damaged, or written by a newer Labbook, or where there is no
  ///   store and `access` does not make one.
  public init(at path: String, _ mode: Access) throws {
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
  }

  /// The folder of what belongs to the runs: `labbook.sqlite.runs`.
  public var runsFolder: String { path + ".runs" }

  /// Closes the connections; the last process to close also folds the log into the file.
  public func close() {
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
