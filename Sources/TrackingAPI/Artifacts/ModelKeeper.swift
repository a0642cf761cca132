import Foundation
import RunStorage
import Tracking
import Web

/// Models of a store, and which run keeps the files of each.
struct ModelKeeper: Sendable {
  let store: RunStore
  /// What writes runs; `nil` where nothing is written.
  let log: RunLog?

  /// The folder of a model in the artifacts of its run.
  static func folder(of model: String) -> [String] { ["models", model] }

  /// A model by its name in the API.
  ///
  /// - Throws: `TrackingError` where there is none.
  func model(_ id: String, deletedToo: Bool = false) throws -> LoggedModel {
    guard let model = try store.model(id), deletedToo || !model.isDeleted else {
      throw TrackingError(
        .missing, "Logged model with ID '\(id.prefix(100))' not found.")
    }
    return model
  }

  /// The artifacts into which a file of an owner goes, with the folder in them.
  ///
  /// A model that no run made gets a run of its own with its first file, which bears its name.
  func folderToWrite(of owner: ArtifactAddress.Owner) async throws -> (ArtifactFolder, [String]) {
    switch owner {
    case .run(let run):
      return (try await Blocking.run { ArtifactFolder(store, try record(run)) }, [])
    case .model(let id):
      let model = try await Blocking.run { try self.model(id) }
      let run: RunID
      if let keeper = model.keeper { run = keeper } else { run = try await shelf(of: model) }
      return (
        try await Blocking.run { ArtifactFolder(store, try record(run)) }, Self.folder(of: id)
      )
    }
  }

  private func shelf(of model: LoggedModel) async throws -> RunID {
    guard let log else {
      throw TrackingError(.denied, "This server only reads: it was started with --read-only.")
    }
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let run = try await log.createRun(
      in: model.experiment, LoggedStart(name: model.name, user: "", started: now, tags: []))
    try await log.updateRun(run, LoggedChange(status: .completed, ended: now))
    return try await Blocking.run { try store.setShelf(run, ofModel: model.id) }
  }

  private func record(_ run: RunID) throws -> RunRecord {
    guard let record = try store.run(run) else {
      throw TrackingError(.missing, "Run with id=\(run) not found")
    }
    return record
  }
}
