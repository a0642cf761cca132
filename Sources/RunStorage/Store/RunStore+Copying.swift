import Foundation
import GRDB
import Tracking

extension RunStore {
  /// Copies the store whole, as it stands at one moment, also while it is written.
  ///
  /// The runs' files go beside the copy. A run that is being trained is an interrupted one there. Into a
  /// pipe goes a store whose runs have no files.
  ///
  /// - Throws: `LabbookError` where something lies at the target, or a file cannot be read or written;
  ///   then nothing is left there.
  public func copy(to target: String) throws {
    if OutputFile.isStream(target) { return try copy(toStream: target) }
    let file = StorePlace.real(try OutputFile.behindLinks(target))
    let runs = file + ".runs"
    for (path, name) in [(file, target), (runs, target + ".runs")] {
      var status = stat()
      guard lstat(path, &status) != 0 else {
        throw LabbookError.input("'\(name)' is there already", hint: "name another file with --out")
      }
    }
    let folder = OutputFile.folder(of: file)
    let copy = try UnfinishedFile(in: folder, for: target)
    try vacuum(into: copy.path, target)
    let files = try UnfinishedFile(in: folder, for: target + ".runs", kind: .folder(0o777))
    if try copyFiles(named: copy.path, into: files.path, as: runs) { try files.take(name: runs) }
    do { try copy.take(name: file) } catch {
      try? FileManager.default.removeItem(atPath: runs)
      throw error
    }
  }

  private func copy(toStream target: String) throws {
    let folder = FileManager.default.temporaryDirectory.path
    let copy = try UnfinishedFile(in: folder, for: target)
    try vacuum(into: copy.path, target)
    let files = try UnfinishedFile(in: folder, for: target, kind: .folder(0o700))
    guard try !copyFiles(named: copy.path, into: files.path, as: target) else {
      throw LabbookError.input(
        "runs of '\(path)' have files, which cannot go into '\(target)' with it",
        hint: "name a file with --out")
    }
    try OutputFile.write(
      try Data(contentsOf: URL(filePath: copy.path), options: .alwaysMapped), to: target)
  }

  private func vacuum(into copy: String, _ target: String) throws {
    try StoreFailure.mapped(target) {
      try reader.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [copy])
      }
    }
  }

  /// Copies the files of the runs that a copy of the store has, and corrects where they lie; false where
  /// there are none.
  private func copyFiles(
    named copy: String, into folder: String, as runs: String
  ) throws -> Bool {
    try StoreFailure.mapped(self.path) { try copied(copy, folder, runs) }
  }

  private func copied(_ copy: String, _ folder: String, _ runs: String) throws -> Bool {
    let queue = try DatabaseQueue(path: copy)
    defer { queue.closeForGood() }
    let prefix = PathText(runs).name
    var isEmpty = true
    let files = try queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT artifacts.run, runs.run, artifacts.name, artifacts.path
          FROM artifacts JOIN runs ON runs.id = artifacts.run
          """
      ).compactMap { row in
        try RunID(row.value(1)).map { run in
          CopiedFile(
            row: try row.value(0), run: run, name: try row.value(2), path: try row.value(3))
        }
      }
    }
    for file in files {
      try write(try artifact(file.name, of: file.run), folder, file.run, file.inFolder)
      isEmpty = false
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
      try write(data, folder, run, RunFolder.checkpoint)
      isEmpty = false
    }
    try queue.write { db in
      for file in files {
        try db.execute(
          sql: "UPDATE artifacts SET path = ? WHERE run = ? AND name = ?",
          arguments: ["\(prefix)/\(file.run)/\(file.inFolder)", file.row, file.name])
      }
    }
    return !isEmpty
  }

  private func write(_ data: Data, _ runs: String, _ run: RunID, _ name: String) throws {
    let folder = "\(runs)/\(run)"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try FileWriting.write(data, to: folder + "/" + name, as: folder + "/" + name)
  }
}

/// A file of a run that is copied with its store.
private struct CopiedFile {
  let row: Int64
  let run: RunID
  let name: String
  let path: String?

  /// What it is called in the folder of its run.
  var inFolder: String { path.flatMap { StorePlace.uploadName($0) } ?? StorePlace.fileName(name) }
}
