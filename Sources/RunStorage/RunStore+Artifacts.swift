public import Foundation
import GRDB
public import Tracking

extension RunStore {
  /// Writes a file of a run under a temporary name, then renames it.
  func writeFile(_ name: String, of run: RunID, _ data: Data) throws -> ArtifactRecord {
    let target = folder(of: run) + "/" + name
    let temporary = target + ".tmp\(getpid())"
    try FileWriting.write(data, to: temporary, as: target)
    guard rename(temporary, target) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw LabbookError.failure("'\(target)' cannot be written: \(reason)")
    }
    var digest = SHA256Digest()
    digest.update(data)
    let relative = (runsFolder as NSString).lastPathComponent + "/" + run.description + "/" + name
    return ArtifactRecord(name: name, path: relative, bytes: data.count, sha256: digest.hex())
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

  /// The bytes of one file of a run.
  ///
  /// - Throws: `LabbookError` where the run has no such file, or it is not what was written.
  public func artifact(_ name: String, of run: RunID) throws -> Data {
    guard let record = try artifacts(of: run).first(where: { $0.name == name }) else {
      throw LabbookError.input("run \(run.short) has no \(name)")
    }
    let file = folder(of: run) + "/" + name
    guard let data = FileManager.default.contents(atPath: file) else {
      throw LabbookError.failure(
        "'\(file)' is missing or cannot be read",
        hint: "train the run again with --fresh")
    }
    var digest = SHA256Digest()
    digest.update(data)
    guard digest.hex() == record.sha256 else {
      throw LabbookError.failure(
        "'\(file)' is not what was written: its SHA-256 differs from the store's",
        hint: "train the run again with --fresh")
    }
    return data
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
