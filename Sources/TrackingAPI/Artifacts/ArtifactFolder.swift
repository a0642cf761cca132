import Foundation
import RunStorage
import Tracking
import Web

/// A file or a folder as lists show it.
struct ArtifactEntry: Hashable {
  /// Its path within the artifacts.
  let path: String
  /// Its size; `nil` for a folder.
  let bytes: Int?
}

/// The artifacts of one run: what the store has of it, and what its program has handed over so far.
struct ArtifactFolder {
  private let store: RunStore
  private let run: RunRecord
  private let work: ProgramAtWork?

  init(_ store: RunStore, _ run: RunRecord) {
    (self.store, self.run) = (store, run)
    work = ProgramAtWork(run, in: store)
  }

  /// Whether an outside program of Labbook's wrote it.
  private var isOutside: Bool { run.isProgram && !run.isLogged }

  /// Below this stands what a program wrote or handed over; clients leave it out.
  private static let programFolder = "files/"

  /// What lies in a folder, by name; nothing where there is none, or it is a file.
  func list(_ folder: ArtifactName) throws -> [ArtifactEntry] {
    let prefix = folder.parts.isEmpty ? "" : folder.text + "/"
    var found: [String: Int?] = [:]
    for (name, bytes) in try files() where name.hasPrefix(prefix) {
      let rest = name.dropFirst(prefix.count)
      let first = rest.prefix { $0 != "/" }
      found[prefix + first] = first.count == rest.count ? .some(bytes) : .some(nil)
    }
    return found.map { ArtifactEntry(path: $0.key, bytes: $0.value) }.sorted { $0.path < $1.path }
  }

  /// Whether there is a file of a name.
  func file(_ name: ArtifactName) throws -> ArtifactSource? {
    if let source = work?.source(name) { return source }
    if isOutside, let own = try stored(Self.programFolder + name.text) { return own }
    return try stored(name.text)
  }

  private func stored(_ name: String) throws -> ArtifactSource? {
    do { return try store.source(ofArtifact: name, of: run.id) } catch let error as LabbookError {
      // Where the store answers it is the file that is lost, and asking again would not bring it.
      _ = try store.run(run.id)
      throw TrackingError(.missing, error.message)
    }
  }

  /// Takes a file that was written aside.
  ///
  /// - Throws: `TrackingError` where the run takes none.
  func take(_ path: String, as name: ArtifactName) throws {
    if let work { return try work.take(path, as: name) }
    try checkTakes()
    let all = Set(try store.artifacts(of: run.id).map(\.name))
    let isBehindFile = (1..<max(1, name.parts.count)).contains {
      all.contains(name.parts.prefix($0).joined(separator: "/"))
    }
    guard !isBehindFile, !all.contains(where: { $0.hasPrefix(name.text + "/") }) else {
      throw TrackingError(
        .invalid,
        "'\(name.text)' would be a file and a folder at the same time")
    }
    try store.keepUpload(at: path, as: name.text, of: run.id)
  }

  /// Takes a file, or a folder with all that is in it, away.
  func remove(_ name: ArtifactName) throws {
    try checkTakes()
    let prefix = name.parts.isEmpty ? "" : name.text + "/"
    let names = try store.artifacts(of: run.id).map(\.name)
      .filter { $0 == name.text || $0.hasPrefix(prefix) }
    try store.removeUploads(names, of: run.id)
  }

  /// Runs of Labbook's own keep what they were found to be.
  func checkTakes() throws {
    guard run.isLogged else {
      throw TrackingError(
        .invalid,
        "Run \(run.id) was trained by Labbook: its artifacts are taken while its program is at work alone"
      )
    }
  }

  /// Every file by the path that clients know, with its size.
  private func files() throws -> [String: Int] {
    var found: [String: Int] = [:]
    for record in try store.artifacts(of: run.id) {
      let isOwn = isOutside && record.name.hasPrefix(Self.programFolder)
      let name = isOwn ? String(record.name.dropFirst(Self.programFolder.count)) : record.name
      if isOwn || found[name] == nil { found[name] = record.bytes }
    }
    for (name, bytes) in work?.files() ?? [:] { found[name] = bytes }
    return found
  }
}
