import Foundation
import RunStorage
import Tracking

/// Models of a store, and which run keeps the files of each.
struct ModelKeeper: Sendable {
  let store: RunStore
  /// Makes a run in an experiment, to keep the files of a model that no run made.
  let makeRun: @Sendable (_ experiment: Int64, _ name: String) throws -> RunID

  /// The folder of a model in the artifacts of its run.
  static func folder(of model: String) -> [String] { ["models", model] }

  /// A model by its name in the API.
  ///
  /// - Throws: `TrackingError` where there is none.
  func model(_ id: String, deletedToo: Bool = false) throws -> LoggedModel {
    guard let model = try store.model(id), deletedToo || !model.isDeleted else {
      throw TrackingError(
        .resourceDoesNotExist, "Logged model with ID '\(id.prefix(100))' not found.")
    }
    return model
  }

  /// The artifacts into which a file of an owner goes, with the folder in them.
  func folderToWrite(of owner: ArtifactAddress.Owner) throws -> (ArtifactFolder, [String]) {
    switch owner {
    case .run(let run): return (ArtifactFolder(store, try record(run)), [])
    case .model(let id):
      let model = try model(id)
      if let keeper = model.keeper { return (ArtifactFolder(store, try record(keeper)), Self.folder(of: id)) }
      let shelf = try makeRun(model.experiment, model.name)
      try store.setShelf(shelf, ofModel: id)
      return (ArtifactFolder(store, try record(shelf)), Self.folder(of: id))
    }
  }

  private func record(_ run: RunID) throws -> RunRecord {
    guard let record = try store.run(run) else {
      throw TrackingError(.resourceDoesNotExist, "Run with id=\(run) not found")
    }
    return record
  }
}
