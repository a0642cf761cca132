import Foundation
import GRDB
import Tracking

/// Opens the connections of a store and brings its tables up to date.
enum StoreOpening {
  /// Opens a store that may be written, making or migrating its tables.
  static func connect(_ path: String) throws -> (writer: DatabaseQueue, reader: DatabaseQueue) {
    let literal = literalPath(path)
    return try StoreFailure.mapped(path) {
      try BusyWaiting.retrying {
        let writer = try DatabaseQueue(path: literal, configuration: configuration("writer"))
        do {
          try prepare(writer, path)
          let reader = try DatabaseQueue(path: literal, configuration: configuration("reader"))
          return (writer, reader)
        } catch {
          writer.closeForGood()
          throw error
        }
      }
    }
  }

  /// Opens a store in a place where nothing can be written.
  ///
  /// SQLite reads a file in write-ahead mode only beside its log; where there is no log and none can
  /// be made, the file is whole and is read as one that nobody changes.
  static func connectReadOnly(_ path: String) throws -> DatabaseQueue {
    var settings = configuration("reader")
    settings.readonly = true
    return try StoreFailure.mapped(path) {
      let queue: DatabaseQueue
      if FileManager.default.fileExists(atPath: path + "-wal") {
        queue = try DatabaseQueue(path: literalPath(path), configuration: settings)
      } else {
        let absolute = URL(fileURLWithPath: path).absoluteString
        queue = try DatabaseQueue(path: absolute + "?immutable=1", configuration: settings)
      }
      var isOurs = false
      defer { if !isOurs { queue.closeForGood() } }
      let version = try queue.read { try checkedVersion($0, path) }
      guard version == Schema.version else {
        throw LabbookError.input(
          "the store '\(path)' is of an older Labbook and cannot be brought up to date: "
            + "it may not be written",
          hint: "copy it to a folder you may write, and name the copy with --db")
      }
      isOurs = true
      return queue
    }
  }

  /// The path as SQLite takes no part of it for anything else, be it `file:x?mode=memory`.
  private static func literalPath(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./" + path
  }

  private static func configuration(_ label: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "labbook." + label
    configuration.busyMode = BusyWaiting.handler()
    configuration.prepareDatabase { db in
      try db.execute(
        sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA secure_delete = OFF")
    }
    return configuration
  }

  private static func prepare(_ queue: DatabaseQueue, _ path: String) throws {
    try queue.inDatabase { db in
      // One reading of the file: another process may be making its tables between two.
      var version = 0
      try db.inTransaction(.deferred) {
        version = try checkedVersion(db, path)
        return .commit
      }
      // Only where there is no table yet: then what is removed can be given back a little at a time.
      if version == 0 { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
      if try String.fetchOne(db, sql: "PRAGMA journal_mode") != "wal" {
        try db.execute(sql: "PRAGMA journal_mode = WAL")
      }
      guard version < Schema.version else { return }
      try db.inTransaction(.immediate) {
        let version = try checkedVersion(db, path)
        for migration in Schema.migrations.dropFirst(version) { try db.execute(sql: migration) }
        try db.execute(
          sql: """
            PRAGMA application_id = \(Schema.applicationID);
            PRAGMA user_version = \(Schema.version)
            """)
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
    guard version <= Schema.version else {
      throw LabbookError.input(
        "the store '\(path)' has version \(version), and this Labbook reads up to version "
          + "\(Schema.version)",
        hint: "it was written by a newer Labbook: use that one, or name another file with --db")
    }
    return version
  }
}
