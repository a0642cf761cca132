public import Foundation
import GRDB
public import Tracking

/// Where the bytes of a run's file are.
public enum ArtifactSource: Sendable {
  /// In the store.
  case bytes(Data)
  /// In a file, which may be large.
  case file(path: String, bytes: Int)
}

extension RunStore {
  /// Where the bytes of one file of a run are, for those who pass them on; a file's hash is not looked
  /// at, its size is.
  ///
  /// - Returns: `nil` where the run has no such file.
  /// - Throws: `LabbookError` where the file is gone, has another size, or a link stands in its place.
  public func source(ofArtifact name: String, of run: RunID) throws -> ArtifactSource? {
    let found = try read { db in
      try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT bytes, content, path FROM run_artifacts WHERE run = ? AND name = ?"),
        arguments: [run.description, name])
    }
    guard let found else { return nil }
    if let content: Data = try found.value(1) { return .bytes(content) }
    let bytes: Int = try found.value(0)
    for path in place.files(name, of: run, recorded: try found.value(2)) {
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        Int(status.st_size) == bytes
      else { continue }
      return .file(path: path, bytes: bytes)
    }
    throw LabbookError.failure(
      "\(name) of run \(run.short) is missing, or is not the file that was written",
      hint: "train the run again with --fresh")
  }
}
