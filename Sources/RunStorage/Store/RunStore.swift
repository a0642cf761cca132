import Foundation
import GRDB
import Machine
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
  ///
  /// On a network file system both are one.
  let reader: DatabaseQueue
  /// Whether this process may write to the file.
  public let isWritable: Bool
  /// Where the file and the folders of its runs really lie.
  let place: StorePlace
  /// Who trains which run.
  let claims: ClaimLocks
  /// Why nothing can be written; `nil` where something can, or where the file itself says so.
  private let refusal: LabbookError?
  /// What this process has written into the runs' folder.
  let written = WrittenFiles()
  /// With whom its file system is shared.
  private let sharing: StoreSharing
  /// The right to it, on a network file system.
  private let lease: StoreLease?
  /// The file that is open.
  private let identity: FileIdentity?

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
  ///   the file is something else, damaged, written by a newer Labbook, or has several names, or where
  ///   there is no store and `access` does not make one.
  public convenience init(at path: String, _ mode: Access, runsFolder: String? = nil) throws {
    try self.init(at: path, mode, runsFolder: runsFolder, sharing: StoreSharing(of: path))
  }

  /// The same with what a test says of the file system and the machine.
  package init(
    at path: String, _ mode: Access, runsFolder: String? = nil, sharing: StoreSharing
  ) throws {
    self.path = path
    self.sharing = sharing
    let connections = try StoreOpening.connect(path, mode, sharing)
    (writer, reader) = (connections.writer, connections.reader)
    (isWritable, refusal) = (connections.isWritable, connections.refusal)
    lease = connections.lease
    identity = FileIdentity(of: path)
    let elsewhere = runsFolder ?? ProcessInfo.processInfo.environment["LABBOOK_RUNS"] ?? ""
    place = StorePlace(of: path, runs: elsewhere)
    claims = ClaimLocks(place.file + ".lock", isWritable: isWritable)
  }

  deinit {
    reader.closeForGood()
    writer.closeForGood()
    lease?.release()
  }

  /// The folder of what belongs to the runs: `labbook.sqlite.runs` beside the real file, whatever
  /// link leads to it, or what `LABBOOK_RUNS` says.
  public var runsFolder: String { place.runsFolder }

  /// The folder in which what comes from outside is written before it becomes a file of a run.
  public var uploadFolder: String { place.runsFolder + "/.uploads" }

  /// The absolute path of the real file, whatever link leads to it.
  public var file: String { place.file }

  /// Whether a link lies where the runs' folder should; nothing is written or removed through it.
  public var runsFolderIsLink: Bool { Self.isLink(runsFolder) }

  /// The runs' folder or that of uploads where it is a link; `nil` where neither is.
  public var linkOfUploads: String? { [runsFolder, uploadFolder].first(where: Self.isLink) }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Closes the connections; the last process to close also folds the log into the file.
  ///
  /// Threads that go on reading or writing are told that it is closed.
  public func close() {
    if isWritable, !place.isElsewhere {
      rmdir(uploadFolder)  // Only where they are empty.
      rmdir(place.runsFolder)
    }
    claims.close()
    try? reader.close()
    try? writer.close()
    lease?.release()
  }

  /// Checks that the path still leads to the file that is open.
  ///
  /// - Throws: `LabbookError` where the store was deleted, moved or replaced meanwhile: what is written
  ///   after that, nobody finds.
  public func checkPlace() throws {
    let now = FileIdentity(of: path)
    if let now, now == identity, now == FileIdentity(of: place.file) { return }
    let what = now == nil ? "deleted or moved" : "replaced by another file"
    throw LabbookError.failure(
      "the store '\(path)' was \(what) while it was in use; what was written since is lost",
      hint: "bring it back, or run again: what it does not have is trained again")
  }

  /// Checks that the files which this process wrote for its runs are still there.
  ///
  /// - Parameter latestOnly: looks at the last one alone, which is cheap.
  /// - Throws: `LabbookError` where one is not, and its run was not removed from the store.
  public func checkFiles(latestOnly: Bool = false) throws {
    for file in written.missing(latestOnly: latestOnly) where try row(of: file.run) != nil {
      throw LabbookError.failure(
        "'\(file.path)' was deleted, moved or replaced while runs were trained",
        hint: "run again: what is missing is trained again")
    }
  }

  /// A sentence on what a store on a network file system cannot do; `nil` for a store on a local disk.
  public var remarkOnPlace: String? {
    guard let kind = sharing.fileSystem else { return nil }
    return "note: the store '\(path)' lies on \(kind): it is kept without write-ahead log and for "
      + "one machine at a time, now '\(sharing.host.name)'; on a local disk it is faster, and "
      + "LABBOOK_RUNS names a folder that other machines see"
  }

  /// - Throws: why nothing can be written, before anything is done.
  func checkWritable() throws {
    if let refusal { throw refusal }
  }

  func write<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try checkWritable()
    if isWritable { try checkPlace() }
    try lease?.check()
    return try StoreFailure.mapped(path) { try writer.write(work) }
  }

  /// Reads with one statement, which needs no transaction around it.
  func look<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try StoreFailure.mapped(path) { try reader.lookWhileOpen(work) }
  }

  func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try StoreFailure.mapped(path) { try reader.readWhileOpen(work) }
  }
}
