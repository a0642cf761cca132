import Foundation
import RunStorage
import Tracking
import Web

/// Artifacts by `mlflow-artifacts`, by `artifacts/list`, and by `get-artifact`.
struct ArtifactRequests: Sendable {
  let store: RunStore
  /// Which run keeps the files of a model.
  let models: ModelKeeper

  /// The largest file that is taken: 100 GiB.
  static let greatestBytes = 100 << 30

  /// What lies in a folder of `mlflow-artifacts`, whose path is below the root of all artifacts.
  func list(atRoot path: String) throws -> [ArtifactEntry] {
    if path.hasPrefix("/") { _ = try ArtifactName(text: path) }
    let parts = path.split(separator: "/").map(String.init)
    let address = try ArtifactAddress(parts)
    guard let (folder, prefix) = try folder(of: address.owner) else { return [] }
    return try folder.list(try ArtifactName(parts: prefix + address.name.parts))
  }

  /// What lies in a folder of a run's artifacts.
  func list(of run: RunID, _ path: String) throws -> [ArtifactEntry] {
    try ArtifactFolder(store, try record(run)).list(try ArtifactName(text: path))
  }

  /// A file to be kept by the reader.
  func download(_ address: ArtifactAddress) throws -> WebReply {
    guard let (folder, prefix) = try folder(of: address.owner),
      let source = try folder.file(try ArtifactName(parts: prefix + address.name.parts))
    else { throw Self.missing(address.name) }
    return Self.reply(source, address.name)
  }

  /// A file of a run, to be kept by the reader.
  func download(of run: RunID, _ name: ArtifactName) throws -> WebReply {
    guard let source = try ArtifactFolder(store, try record(run)).file(name) else {
      throw Self.missing(name)
    }
    return Self.reply(source, name)
  }

  /// Takes a file that was written aside.
  func upload(_ path: String, to address: ArtifactAddress) async throws {
    let (folder, prefix) = try await models.folderToWrite(of: address.owner)
    let name = try ArtifactName(parts: prefix + address.name.parts)
    try await Blocking.run { try folder.take(path, as: name) }
  }

  /// Says before a body comes whether it will be taken.
  func checkUpload(to address: ArtifactAddress) throws {
    guard !address.name.parts.isEmpty else {
      throw TrackingError(.invalid, "An artifact needs a name")
    }
    if let link = store.linkOfUploads {
      throw TrackingError(.internalError, "'\(link)' is a link, and nothing is written through it")
    }
  }

  /// Takes a file or a folder away.
  func delete(_ address: ArtifactAddress) throws {
    guard let (folder, prefix) = try folder(of: address.owner) else {
      throw Self.missing(address.name)
    }
    try folder.remove(try ArtifactName(parts: prefix + address.name.parts))
  }

  /// A run's artifacts, or those of the run that keeps a model's, with the folder of the model in them; `nil`
  /// where a model has none yet.
  private func folder(of owner: ArtifactAddress.Owner) throws -> (ArtifactFolder, [String])? {
    switch owner {
    case .run(let run): return (ArtifactFolder(store, try record(run)), [])
    case .model(let id):
      guard let keeper = try models.model(id).keeper else { return nil }
      return (ArtifactFolder(store, try record(keeper)), ModelKeeper.folder(of: id))
    }
  }

  private func record(_ run: RunID) throws -> RunRecord {
    guard let record = try store.run(run) else {
      throw TrackingError(.missing, "Run with id=\(run) not found")
    }
    return record
  }

  private static func reply(_ source: ArtifactSource, _ name: ArtifactName) -> WebReply {
    let body: WebReply.Body =
      switch source {
      case .bytes(let data): .data(data)
      case .file(let path, _): .file(path: path)
      }
    // Whatever it is called, a browser is to show none of it.
    return .attachment(body, name: name.parts.last ?? "file", type: "application/octet-stream")
  }

  private static func missing(_ name: ArtifactName) -> TrackingError {
    TrackingError(.missing, "There is no artifact '\(name.text)'")
  }
}
