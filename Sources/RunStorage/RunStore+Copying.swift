import Foundation
import GRDB
import Tracking

extension RunStore {
  /// Copies the store whole, as it stands at one moment, also while it is written.
  ///
  /// The runs' files go beside the copy. A run that is being trained is an interrupted one there.
  ///
  /// - Throws: `LabbookError` where something lies at the target, or a file cannot be read or written;
  ///   then nothing is left there.
  public func copy(to target: String) throws {
    var status = stat()
    guard lstat(target, &status) != 0 else {
      throw LabbookError.input("'\(target)' is there already", hint: "name another file with --out")
    }
    let folder = StorePlace.real(StoreFile.folder(of: target))
    let name = PathText(target).name
    let unfinished = "\(folder)/\(name).tmp\(getpid())"
    let runs = "\(folder)/\(name).runs"
    guard lstat(runs, &status) != 0 else {
      throw LabbookError.input(
        "'\(target).runs' is there already", hint: "name another file with --out")
    }
    do {
      try StoreFailure.mapped(target) {
        try reader.writeWithoutTransaction { db in
          try db.execute(sql: "VACUUM INTO ?", arguments: [unfinished])
        }
      }
      try copyFiles(named: unfinished, to: runs)
      guard rename(unfinished, target) == 0 else {
        throw LabbookError.failure(
          "'\(target)' cannot be written: \(systemReason(errno))")
      }
    } catch {
      unlink(unfinished)
      try? FileManager.default.removeItem(atPath: runs)
      throw error
    }
  }

  /// Copies the files of the runs that a copy of the store has, and corrects where they lie.
  private func copyFiles(named copy: String, to runs: String) throws {
    let queue = try DatabaseQueue(path: copy)
    defer { queue.closeForGood() }
    let prefix = PathText(runs).name
    let files = try queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT runs.run, artifacts.name FROM artifacts JOIN runs ON runs.id = artifacts.run
          """
      ).compactMap { row in RunID(row[0] as String).map { ($0, row[1] as String) } }
    }
    for (run, name) in files {
      try write(try artifact(name, of: run), runs, run, name)
    }
    let begun = try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT run FROM runs WHERE status IN ('running', 'interrupted', 'stopped', 'failed')
          """
      ).compactMap { RunID($0) }
    }
    for run in begun {
      guard let data = FileManager.default.contents(atPath: checkpointPath(run)) else { continue }
      try write(data, runs, run, "checkpoint")
    }
    try queue.write { db in
      try db.execute(
        sql: """
          UPDATE artifacts SET path = ? || '/' || (SELECT run FROM runs WHERE id = artifacts.run)
            || '/' || name
          """, arguments: [prefix])
    }
  }

  private func write(_ data: Data, _ runs: String, _ run: RunID, _ name: String) throws {
    let folder = "\(runs)/\(run)"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try FileWriting.write(data, to: folder + "/" + name, as: folder + "/" + name)
  }
}
