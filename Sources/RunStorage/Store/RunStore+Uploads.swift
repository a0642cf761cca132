import Foundation
import GRDB
public import Tracking

/// Files that other programs hand to the store.
extension RunStore {
  /// Makes a file that was written aside one of a run's, in place of one that has its name.
  ///
  /// As long as the run's files are small together it becomes a row of the store; otherwise it is moved into the
  /// run's folder, where it is called by the hash of its bytes: what was there stays whole until the store
  /// has the new one.
  ///
  /// - Parameters:
  ///   - path: on the disk of the runs' folder; nothing lies there afterwards where the file was moved.
  ///   - name: what the run calls it, with `/` between its folders.
  /// - Throws: `LabbookError` where the name cannot be one, there is no such run, or it cannot be written.
  public func keepUpload(at path: String, as name: String, of run: RunID) throws {
    guard StorePlace.isUploadName(name) else {
      throw LabbookError.input("'\(name)' cannot be the name of a file of a run")
    }
    try checkWritable()
    let (bytes, sha256) = try FileWriting.measured(path)
    let data = bytes <= SmallFiles.greatestBytes ? FileManager.default.contents(atPath: path) : nil
    let replaced = try write { db in
      guard let row = try Self.rowID(of: run, db) else {
        throw LabbookError.input("there is no run \(run)")
      }
      let former = try takeAway([name], of: row, db)
      if let data, try smallBytes(row, db) + bytes <= SmallFiles.greatestBytes {
        try SmallFiles.insert([SmallFile(name, data)], of: row, db)
      } else {
        let file = StorePlace.uploadPrefix + sha256
        let target = try makeFolder(of: run) + "/" + file
        guard rename(path, target) == 0 else {
          throw LabbookError.failure("'\(target)' cannot be written: \(systemReason(errno))")
        }
        let folder = place.isElsewhere ? runsFolder : PathText(runsFolder).name
        try db.execute(
          sql: "INSERT INTO artifacts (run, name, path, bytes, sha256) VALUES (?, ?, ?, ?, ?)",
          arguments: [row, name, "\(folder)/\(run)/\(file)", bytes, sha256])
      }
      return former
    }
    try removeUnused(replaced, of: run)
  }

  /// Takes files away from a run that other programs handed to it.
  ///
  /// - Throws: `LabbookError` where the store cannot be written.
  public func removeUploads(_ names: [String], of run: RunID) throws {
    let former = try write { db in
      guard let row = try Self.rowID(of: run, db) else { return [String]() }
      return try takeAway(names, of: row, db)
    }
    try removeUnused(former, of: run)
  }

  /// Takes the rows of files away; the paths of those that were files of their own.
  private func takeAway(_ names: [String], of row: Int64, _ db: Database) throws -> [String] {
    var paths: [String] = []
    let all = Set(names)
    for name in all {
      let path = try String.fetchOne(
        db.cachedStatement(sql: "SELECT path FROM artifacts WHERE run = ? AND name = ?"),
        arguments: [row, name])
      guard let path else { continue }
      paths.append(path)
      try db.cachedStatement(sql: "DELETE FROM artifacts WHERE run = ? AND name = ?")
        .execute(arguments: [row, name])
    }
    try SmallFiles.remove(of: row, db, except: { !all.contains($0) })
    return paths
  }

  private func smallBytes(_ row: Int64, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT COALESCE(SUM(contents.bytes), 0) FROM small_artifacts
            JOIN contents ON contents.id = small_artifacts.content WHERE small_artifacts.run = ?
          """), arguments: [row]) ?? 0
  }

  /// Removes files of uploads that no name of the run leads to any more.
  private func removeUnused(_ paths: [String], of run: RunID) throws {
    for path in paths {
      guard let file = StorePlace.uploadName(path) else { continue }
      let isUsed = try read { db in
        try Bool.fetchOne(
          db,
          sql: """
            SELECT EXISTS (SELECT 1 FROM artifacts JOIN runs ON runs.id = artifacts.run
              WHERE runs.run = ? AND artifacts.path = ?)
            """, arguments: [run.description, path]) ?? true
      }
      if !isUsed { RunFolder(run, in: runsFolder)?.remove(file) }
    }
    if !paths.isEmpty { rmdir(folder(of: run)) }  // Only where it is empty.
  }
}
