public import Foundation
import GRDB
public import Tracking

extension RunStore {
  /// Writes a file into a run's folder, under a temporary name which it then gives up.
  func writeFile(_ file: SmallFile, of run: RunID) throws -> ArtifactRecord {
    let name = StorePlace.fileName(file.name)
    let target = try makeFolder(of: run) + "/" + name
    let temporary = target + ".tmp\(getpid())"
    try FileWriting.write(file.data, to: temporary, as: target)
    guard rename(temporary, target) == 0 else {
      let reason = systemReason(errno)
      unlink(temporary)
      throw LabbookError.failure("'\(target)' cannot be written: \(reason)")
    }
    let folder =
      place.isElsewhere ? runsFolder : PathText(runsFolder).name
    written.add(target, of: run, bytes: file.data.count)
    return ArtifactRecord(
      name: file.name, path: "\(folder)/\(run)/\(name)", bytes: file.data.count,
      sha256: file.sha256)
  }

  /// Moves a file into a run's folder, its bytes hashed where it lies.
  func moveFile(_ name: String, of run: RunID, from path: String) throws -> ArtifactRecord {
    guard StorePlace.isName(name) else {
      throw LabbookError.failure("'\(name)' cannot be the name of a file of a run")
    }
    let file = StorePlace.fileName(name)
    let target = try makeFolder(of: run) + "/" + file
    let (bytes, sha256) = try FileWriting.measured(path)
    guard rename(path, target) == 0 else {
      throw LabbookError.failure("'\(target)' cannot be written: \(systemReason(errno))")
    }
    let folder = place.isElsewhere ? runsFolder : PathText(runsFolder).name
    written.add(target, of: run, bytes: bytes)
    return ArtifactRecord(
      name: name, path: "\(folder)/\(run)/\(file)", bytes: bytes, sha256: sha256)
  }

  /// The files of a run by name.
  public func artifacts(of run: RunID) throws -> [ArtifactRecord] {
    try read { db in
      var records: [ArtifactRecord] = []
      let rows = try db.cachedStatement(
        sql: "SELECT name, path, bytes, sha256 FROM run_artifacts WHERE run = ? ORDER BY name")
      try rows.forEach(arguments: [run.description]) { row in
        records.append(
          ArtifactRecord(
            name: try row.value(0), path: try row.value(1), bytes: try row.value(2),
            sha256: try row.value(3)))
      }
      return records
    }
  }

  /// The bytes of one file of a run, wherever they are kept.
  ///
  /// - Throws: `LabbookError` where the run has no such file, or it is not what was written.
  public func artifact(_ name: String, of run: RunID) throws -> Data {
    try StoreFailure.mapped(path) { try checkedArtifact(name, of: run) }
  }

  private func checkedArtifact(_ name: String, of run: RunID) throws -> Data {
    let found = try read { db in
      try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT sha256, content, path FROM run_artifacts WHERE run = ? AND name = ?"),
        arguments: [run.description, name])
    }
    guard let found else { throw LabbookError.input("run \(run.short) has no \(name)") }
    let content: Data? = try found.value(1)
    let file = folder(of: run) + "/" + name
    let source = content == nil ? "'\(file)'" : "\(name) of run \(run.short)"
    guard let data = try content ?? self.file(name, of: run, recorded: found.value(2)) else {
      throw LabbookError.failure(
        "\(source) is missing or cannot be read", hint: "`labbook run` of its file trains it again")
    }
    var digest = SHA256Digest()
    digest.update(data)
    guard try digest.hex() == found.value(0) else {
      throw LabbookError.failure(
        "\(source) is not what was written: its SHA-256 differs from the store's",
        hint: "train the run again with --fresh")
    }
    return data
  }

  /// The bytes of a file in a run's folder.
  private func file(_ name: String, of run: RunID, recorded path: String?) -> Data? {
    place.files(name, of: run, recorded: path).lazy
      .compactMap { FileManager.default.contents(atPath: $0) }.first
  }

  /// What is known of the machine and the program that trained a run.
  public func environment(of run: RunID) throws -> [String: String] {
    try read { db in
      var values: [String: String] = [:]
      let rows = try db.cachedStatement(sql: "SELECT key, value FROM run_environment WHERE run = ?")
      try rows.forEach(arguments: [run.description]) { values[try $0.value(0)] = try $0.value(1) }
      return values
    }
  }
}
