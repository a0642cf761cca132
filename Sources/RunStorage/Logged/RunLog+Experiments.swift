import GRDB
import Tracking

/// Experiments as programs make and change them.
extension RunLog {
  /// Makes the experiment 0, Default, where there is none.
  public func ensureDefault() async throws {
    try await submit { db in try LoggedExperiments(db).makeDefault() }
  }

  /// Makes an experiment.
  ///
  /// - Parameter artifacts: where its artifacts go; `nil` for this server.
  /// - Returns: its number.
  /// - Throws: `LogRefusal` where its name is taken.
  public func createExperiment(
    _ name: String, artifacts: String?, tags: [LoggedText]
  ) async throws -> Int64 {
    try await submit { db in
      let table = LoggedExperiments(db)
      guard try table.find(name) == nil else {
        throw LogRefusal(.exists, "Experiment(name=\(name)) already exists.")
      }
      let id = try table.insert(name, artifacts: artifacts)
      for tag in tags { try table.set(tag, of: id) }
      return id
    }
  }

  /// Gives an experiment another name.
  ///
  /// - Throws: `LogRefusal` where there is none, it is deleted, or the name is taken.
  public func renameExperiment(_ id: Int64, to name: String) async throws {
    try await submit { db in
      let table = LoggedExperiments(db)
      let experiment = try table.existing(id)
      if experiment.isDeleted {
        throw LogRefusal(.state, "Cannot rename a non-active experiment.")
      }
      if experiment.name == name { return }
      guard try table.find(name) == nil else {
        throw LogRefusal(.exists, "Experiment(name=\(name)) already exists.")
      }
      try table.rename(experiment, to: name)
    }
  }

  /// Deletes an experiment with its runs so that it can be restored, or restores it.
  ///
  /// - Throws: `LogRefusal` where there is none, or it has runs that Labbook trained.
  public func setExperiment(_ id: Int64, deleted: Bool) async throws {
    try await submit { db in
      let table = LoggedExperiments(db)
      let experiment = try table.existing(id)
      if experiment.isDeleted == deleted {
        let stage = deleted ? "active" : "deleted"
        throw LogRefusal(
          .missing, "No Experiment with id=\(id) exists in the '\(stage)' state")
      }
      if deleted, try table.hasOwnRuns(id) {
        throw LogRefusal(
          .denied,
          "The experiment '\(experiment.name)' has runs that Labbook trained; "
            + "`labbook rm` removes them.")
      }
      try table.setDeleted(deleted, id)
    }
  }

  /// Sets a tag of an experiment.
  ///
  /// - Throws: `LogRefusal` where there is none, or it is deleted.
  public func setTag(_ tag: LoggedText, ofExperiment id: Int64) async throws {
    try await submit { db in
      let table = LoggedExperiments(db)
      try table.active(id)
      try table.set(tag, of: id)
    }
  }

  /// Takes a tag from an experiment.
  ///
  /// - Throws: `LogRefusal` where there is no such tag.
  public func deleteTag(_ key: String, ofExperiment id: Int64) async throws {
    try await submit { db in
      let table = LoggedExperiments(db)
      try table.active(id)
      guard try table.deleteTag(key, of: id) else {
        throw LogRefusal(.missing, "No tag with name: \(key) in experiment with id \(id)")
      }
    }
  }
}
