import Foundation
import GRDB
public import Tracking

/// What removing runs gave back.
public struct Removal: Hashable, Sendable {
  /// Bytes of the store's file.
  public let storeBytes: Int
  /// Bytes of the runs' own files.
  public let fileBytes: Int
}

extension RunStore {
  /// Removes runs with all that belongs to them, and gives their room back to the disk.
  ///
  /// A run that takes the place of a removed one of the same key becomes the current one; sweeps and
  /// experiments that are left without runs go too. Other processes may be at work meanwhile.
  ///
  /// - Throws: `LabbookError` where one of them is trained by a living process, which removes none,
  ///   or where the store cannot be written.
  public func remove(_ runs: [RunID]) throws -> Removal {
    try checkWritable()
    let before = try pages()
    let locks = try runs.map { try lockForRemoval($0) }
    var rest = runs[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.removedAtOnce)
      rest = rest.dropFirst(part.count)
      try write { try Deletion($0).delete(part) }
    }
    var bytes = 0
    for run in runs { bytes += removeFolder(of: run) }
    withExtendedLifetime(locks) {}
    removeForgottenFolders()
    try giveBack()
    return Removal(storeBytes: max(0, before - (try pages())), fileBytes: bytes)
  }

  /// Other processes get their turn between transactions of this many runs, and of this many pages.
  private static let removedAtOnce = 200
  private static let pagesAtOnce = 2_000

  /// The claim of a run, so that nobody trains it meanwhile; `nil` where it is not there.
  private func lockForRemoval(_ run: RunID) throws -> ClaimLock? {
    guard let row = try row(of: run) else { return nil }
    guard let lock = try claims.tryLock(row) else {
      throw LabbookError.failure(
        "run \(run.short) is being trained; nothing was removed",
        hint: "end the process that trains it, or wait for it")
    }
    return lock
  }

  /// The size of the file in bytes, as its pages count.
  private func pages() throws -> Int {
    try read { db in
      let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      return count * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    }
  }

  private func removeFolder(of run: RunID) -> Int {
    // What a link leads to is not ours.
    guard let folder = RunFolder(run, in: runsFolder) else { return 0 }
    let bytes = folder.removeAll()
    rmdir(self.folder(of: run))
    return bytes
  }

  /// Removes what a process left that was killed between a run's removal and its folder's.
  private func removeForgottenFolders() {
    if place.isElsewhere { return }  // Other stores may have theirs there.
    let ids = (RunFolder.names(runsFolder) ?? []).compactMap { RunID($0) }
    let known = try? read { db in
      try String.fetchSet(
        db, sql: "SELECT run FROM runs WHERE run IN (SELECT value FROM json_each(?))",
        arguments: [Self.jsonList(ids)])
    }
    guard let known else { return }
    for id in ids where !known.contains(id.description) && !isTrained(id) {
      _ = removeFolder(of: id)
    }
  }

  /// Shortens the file by its free pages, a few at a time.
  ///
  /// A store of an older version keeps no account of where its pages belong; it is written anew once.
  private func giveBack() throws {
    let isAccounted = try read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") == 2 }
    if isAccounted {
      var left = try freePages()
      while left > 0 {
        try write { try $0.execute(sql: "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))") }
        let now = try freePages()
        if now >= left { break }  // Another process frees pages as fast.
        left = now
      }
    } else {
      try StoreFailure.mapped(path) {
        try writer.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
        }
      }
    }
    // Without waiting for readers: whoever closes the store last does what is left.
    try StoreFailure.mapped(path) {
      try writer.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
    }
  }

  private func freePages() throws -> Int {
    try read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") ?? 0 }
  }
}

/// One transaction that takes runs out of all tables.
struct Deletion {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func delete(_ runs: some Sequence<RunID>) throws {
    var sweeps: Set<Int64> = []
    var environments: Set<Int64> = []
    var requests: Set<Int64> = []
    var contents: [Int64] = []
    for run in runs {
      let find = try db.cachedStatement(
        sql: "SELECT id, key, current, sweep, environment, request FROM runs WHERE run = ?")
      guard let row = try Row.fetchOne(find, arguments: [run.description]) else { continue }
      let id: Int64 = try row.value(0)
      sweeps.insert(try row.value(3))
      if let environment: Int64 = try row.value(4) { environments.insert(environment) }
      let memberships = try db.cachedStatement(sql: "SELECT sweep FROM memberships WHERE run = ?")
      sweeps.formUnion(try Int64.fetchAll(memberships, arguments: [id]))
      if let request: Int64 = try row.value(5) { requests.insert(request) }
      let files = try db.cachedStatement(sql: "SELECT content FROM small_artifacts WHERE run = ?")
      contents += try Int64.fetchAll(files, arguments: [id])
      try db.cachedStatement(sql: "DELETE FROM runs WHERE id = ?").execute(arguments: [id])
      if try row.value(2) { try promote(key: row.value(1)) }
    }
    for sweep in sweeps { try deleteIfEmpty(sweep: sweep) }
    try SmallFiles.removeUnused(contents, db)
    for request in requests {
      try db.cachedStatement(
        sql: """
          DELETE FROM configurations WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM runs WHERE request = ?1)
          """
      ).execute(arguments: [request])
    }
    for environment in environments {
      try db.cachedStatement(
        sql: """
          DELETE FROM environments WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM runs WHERE environment = ?1)
          """
      ).execute(arguments: [environment])
    }
  }

  /// Of the replaced runs of a key the latest becomes the current one.
  private func promote(key: String) throws {
    try db.cachedStatement(
      sql: "UPDATE runs SET current = 1 WHERE id = (SELECT MAX(id) FROM runs WHERE key = ?)"
    ).execute(arguments: [key])
  }

  func deleteIfEmpty(sweep: Int64) throws {
    let find = try db.cachedStatement(sql: "SELECT experiment FROM sweeps WHERE id = ?")
    guard let experiment = try Int64.fetchOne(find, arguments: [sweep]) else { return }
    try db.cachedStatement(
      sql: """
        DELETE FROM sweeps WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM memberships WHERE sweep = ?1)
          AND NOT EXISTS (SELECT 1 FROM runs WHERE sweep = ?1)
        """
    ).execute(arguments: [sweep])
    try db.cachedStatement(
      sql: """
        DELETE FROM experiments WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM sweeps WHERE experiment = ?1)
          AND NOT EXISTS (SELECT 1 FROM logged_experiments WHERE experiment = ?1)
        """
    ).execute(arguments: [experiment])
  }
}
