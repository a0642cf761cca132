public import Foundation
import GRDB
public import Tracking

extension RunStore {
  /// Writes a file into a run's folder, under a temporary name which it then gives up.
  func writeFile(_ file: SmallFile, of run: RunID) throws -> ArtifactRecord {
    let target = try makeFolder(of: run) + "/" + file.name
    let temporary = target + ".tmp\(getpid())"
    try FileWriting.write(file.data, to: temporary, as: target)
    guard rename(temporary, target) == 0 else {
      let reason = systemReason(errno)
      unlink(temporary)
      throw LabbookError.failure("'\(target)' cannot be written: \(reason)")
    }
    let folder =
      place.isElsewhere ? runsFolder : PathText(runsFolder).name
    return ArtifactRecord(
      name: file.name, path: "\(folder)/\(run)/\(file.name)", bytes: file.data.count,
      sha256: file.sha256)
  }

  /// The files of a run by name.
  public func artifacts(of run: RunID) throws -> [ArtifactRecord] {
    try read { db in
      var records: [ArtifactRecord] = []
      let rows = try db.cachedStatement(
        sql: "SELECT name, path, bytes, sha256 FROM run_artifacts WHERE run = ? ORDER BY name")
      try rows.forEach(arguments: [run.description]) { row in
        records.append(
          ArtifactRecord(name: row[0], path: row[1], bytes: row[2], sha256: row[3]))
      }
      return records
    }
  }

  /// The bytes of one file of a run, wherever they are kept.
  ///
  /// - Throws: `LabbookError` where the run has no such file, or it is not what was written.
  public func artifact(_ name: String, of run: RunID) throws -> Data {
    let found = try read { db in
      try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT sha256, content, path FROM run_artifacts WHERE run = ? AND name = ?"),
        arguments: [run.description, name])
    }
    guard let found else { throw LabbookError.input("run \(run.short) has no \(name)") }
    let content: Data? = found[1]
    let file = folder(of: run) + "/" + name
    let source = content == nil ? "'\(file)'" : "\(name) of run \(run.short)"
    guard let data = content ?? self.file(name, of: run, recorded: found[2]) else {
      throw LabbookError.failure(
        "\(source) is missing or cannot be read", hint: "train the run again with --fresh")
    }
    var digest = SHA256Digest()
    digest.update(data)
    guard digest.hex() == found[0] else {
      throw LabbookError.failure(
        "\(source) is not what was written: its SHA-256 differs from the store's",
        hint: "train the run again with --fresh")
    }
    return data
  }

  /// The bytes of a file in a run's folder, be it the one under an earlier name of the store.
  private func file(_ name: String, of run: RunID, recorded path: String?) -> Data? {
    // The name comes from a file that anybody may have made.
    guard !name.contains("/"), !name.hasPrefix(".") else { return nil }
    let tail = "/\(run)/\(name)"
    var places = ([runsFolder] + place.formerRunsFolders).map { $0 + tail }
    if let path, path.hasPrefix("/"), path.hasSuffix(tail) { places.append(path) }
    return places.lazy.compactMap { FileManager.default.contents(atPath: $0) }.first
  }

  /// What is known of the machine and the program that trained a run.
  public func environment(of run: RunID) throws -> [String: String] {
    try read { db in
      var values: [String: String] = [:]
      let rows = try db.cachedStatement(sql: "SELECT key, value FROM run_environment WHERE run = ?")
      try rows.forEach(arguments: [run.description]) { values[$0[0]] = $0[1] }
      return values
    }
  }
}
