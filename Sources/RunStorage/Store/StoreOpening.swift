import Foundation
import GRDB
import Machine
import Tracking

/// The connections of an open store.
struct StoreConnections {
  let writer: DatabaseQueue
  let reader: DatabaseQueue
  /// Whether anything can be written.
  let isWritable: Bool
  /// Why nothing can be, where the file itself would not say so.
  var refusal: LabbookError?
  /// The right to a store on a network file system.
  var lease: StoreLease?
}

/// Opens the connections of a store and brings its tables up to date.
enum StoreOpening {
  /// Opens a store, for reading where it cannot be written.
  static func connect(
    _ path: String, _ mode: RunStore.Access, _ sharing: StoreSharing
  ) throws -> StoreConnections {
    let isNew = try StoreFile.examine(path, mode)
    // SQLite's files, its log, memory and lock, of two connections. A connection that fails half-way
    // throws its queue away, for which Dispatch wants a thread and more files, or ends the process.
    try OpenFiles.check(free: 10, for: "the store '\(path)'")
    guard isNew || (access(path, W_OK) == 0 && StoreFile.folderIsWritable(path)) else {
      if sharing.fileSystem != nil { try StoreLease.examine(path, sharing) }
      return try StoreFailure.mapped(path) {
        let reader = try readOnly(path)
        return StoreConnections(writer: reader, reader: reader, isWritable: false)
      }
    }
    if sharing.fileSystem != nil {
      let lease = try StoreLease(path, sharing)
      return try StoreFailure.mapped(path) {
        let queue = try BusyWaiting.retrying { try shared(path) }
        return StoreConnections(writer: queue, reader: queue, isWritable: true, lease: lease)
      }
    }
    do {
      return try StoreFailure.mapping(path) {
        try BusyWaiting.retrying { try writable(path) }
      }
    } catch let failure as StoreFailure where !isNew && failure.isOfDisk && mode == .existing {
      // What only reads still reads where SQLite finds no room for its log.
      guard let reader = try? withoutLog(path) else { throw failure.error }
      return StoreConnections(
        writer: reader, reader: reader, isWritable: false, refusal: failure.error)
    } catch let failure as StoreFailure { throw failure.error }
  }

  private static func writable(_ path: String) throws -> StoreConnections {
    let literal = literalPath(path)
    let writer = try DatabaseQueue(path: literal, configuration: configuration("writer"))
    do {
      try prepare(writer, path, hasLog: true)
      let reader = try DatabaseQueue(path: literal, configuration: configuration("reader"))
      return StoreConnections(writer: writer, reader: reader, isWritable: true)
    } catch {
      writer.closeForGood()
      throw error
    }
  }

  /// Opens a store on a network file system: one connection, without the log, whose memory other processes
  /// share through a file.
  private static func shared(_ path: String) throws -> DatabaseQueue {
    try leaveLog(path)
    var settings = configuration("shared")
    settings.prepareDatabase { db in
      // Whatever the file system brings to the disk when.
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    let queue = try DatabaseQueue(path: literalPath(path), configuration: settings)
    do { try prepare(queue, path, hasLog: false) } catch {
      queue.closeForGood()
      throw error
    }
    return queue
  }

  /// Folds the log of a store that comes from a local disk into its file; it is alone meanwhile, so that no
  /// memory is shared.
  private static func leaveLog(_ path: String) throws {
    guard StoreFile.hasLogMode(path) else { return }
    let settings = configuration("alone", isAlone: true)
    let queue = try DatabaseQueue(path: literalPath(path), configuration: settings)
    defer { queue.closeForGood() }
    try queue.inDatabase { db in
      try db.inTransaction(.deferred) {
        _ = try checkedVersion(db, path)
        return .commit
      }
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
    }
  }

  /// Opens a store in a place where nothing can be written.
  ///
  /// SQLite reads a file in write-ahead mode only beside its log; where there is no log and none can
  /// be made, the file is whole and is read as one that nobody changes.
  private static func readOnly(_ path: String) throws -> DatabaseQueue {
    var settings = configuration("reader")
    settings.readonly = true
    let hasLog = FileManager.default.fileExists(atPath: path + "-wal")
    let name = hasLog ? literalPath(path) : immutable(path)
    return try checked(try DatabaseQueue(path: name, configuration: settings), path)
  }

  /// Opens a store whose folder has no room for the memory that processes share beside the log: where
  /// the log holds something the whole store is kept from others meanwhile.
  private static func withoutLog(_ path: String) throws -> DatabaseQueue {
    var settings = configuration("reader")
    var status = stat()
    guard stat(path + "-wal", &status) == 0, status.st_size > 0 else {
      settings.readonly = true
      return try checked(try DatabaseQueue(path: immutable(path), configuration: settings), path)
    }
    settings = configuration("reader", isAlone: true)
    return try checked(
      try DatabaseQueue(path: literalPath(path), configuration: settings), path)
  }

  private static func checked(_ queue: DatabaseQueue, _ path: String) throws -> DatabaseQueue {
    var isGood = false
    defer { if !isGood { queue.closeForGood() } }
    let version = try queue.read { db in
      let version = try checkedVersion(db, path)
      if version == Schema.version { try StoreForm.check(db, path) }
      return version
    }
    guard version == Schema.version else {
      throw LabbookError.input(
        "the store '\(path)' is of an older Labbook and cannot be brought up to date: "
          + "it may not be written",
        hint: "copy it to a folder you may write, and name the copy with --db")
    }
    isGood = true
    return queue
  }

  private static func immutable(_ path: String) -> String {
    URL(fileURLWithPath: path).absoluteString + "?immutable=1"
  }

  /// The path as SQLite takes no part of it for anything else, be it `file:x?mode=memory`.
  private static func literalPath(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./" + path
  }

  /// - Parameter isAlone: whether the connection keeps the file from all others.
  private static func configuration(_ label: String, isAlone: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.label = "labbook." + label
    configuration.busyMode = BusyWaiting.handler()
    configuration.prepareDatabase { db in
      // Before anything looks into the file.
      if isAlone { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
      try db.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA secure_delete = OFF;
          PRAGMA trusted_schema = OFF
          """)
    }
    return configuration
  }

  private static func prepare(
    _ queue: DatabaseQueue, _ path: String, hasLog: Bool
  ) throws {
    try queue.inDatabase { db in
      // One reading of the file: another process may be making its tables between two.
      var version = 0
      try db.inTransaction(.deferred) {
        version = try checkedVersion(db, path)
        return .commit
      }
      // Only where there is no table yet: then what is removed can be given back a little at a time.
      if version == 0 { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
      if hasLog, try String.fetchOne(db, sql: "PRAGMA journal_mode") != "wal" {
        try db.execute(sql: "PRAGMA journal_mode = WAL")
      }
      guard version < Schema.version else {
        return try db.inTransaction(.deferred) {
          try StoreForm.check(db, path)
          return .commit
        }
      }
      try db.inTransaction(.immediate) {
        let version = try checkedVersion(db, path)
        for migration in Schema.migrations.dropFirst(version) { try db.execute(sql: migration) }
        try db.execute(
          sql: """
            PRAGMA application_id = \(Schema.applicationID);
            PRAGMA user_version = \(Schema.version)
            """)
        try StoreForm.check(db, path)
        return .commit
      }
    }
  }

  /// The version of the file, 0 where it is yet empty.
  private static func checkedVersion(_ db: Database, _ path: String) throws -> Int {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard application == Schema.applicationID else {
      let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_schema") ?? 0
      guard application == 0, version == 0, tables == 0 else {
        throw LabbookError.input(
          "'\(path)' is an SQLite file of another program, not a Labbook store",
          hint: "name another file with --db")
      }
      return 0
    }
    guard version > 0 else {
      throw StoreFailure.damage(path, "its version is \(version)")
    }
    guard version <= Schema.version else {
      throw LabbookError.input(
        "the store '\(path)' has version \(version), and this Labbook reads up to version "
          + "\(Schema.version)",
        hint: "it was written by a newer Labbook: use that one, or name another file with --db")
    }
    return version
  }
}
