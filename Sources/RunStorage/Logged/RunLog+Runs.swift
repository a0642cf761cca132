import GRDB
public import Tracking

/// Runs as programs begin, change and end them.
extension RunLog {
  /// Begins a run.
  ///
  /// - Throws: `LogRefusal` where the experiment is not there or deleted.
  public func createRun(in experiment: Int64, _ start: LoggedStart) async throws -> RunID {
    let id = RunID()
    try await submit { db in try LoggedRuns(db).insert(id, experiment, start) }
    return id
  }

  /// Changes where a run stands, when it ended and what it is called.
  ///
  /// - Throws: `LogRefusal` where there is no such run, it is deleted or one that Labbook trained.
  public func updateRun(_ run: RunID, _ change: LoggedChange) async throws {
    try await submit { db in
      let table = LoggedRuns(db)
      let row = try table.active(run)
      // The process that trains a run says where it stands.
      guard row.isLogged else {
        if row.isLabbooks(in: self.store) { return }
        throw row.refusal
      }
      try table.change(row, change)
    }
  }

  /// Deletes a run so that it can be restored, or restores it.
  ///
  /// - Throws: `LogRefusal` where there is no such run, or it is one that Labbook trained.
  public func setRun(_ run: RunID, deleted: Bool) async throws {
    try await submit { db in
      let table = LoggedRuns(db)
      let row = try table.existing(run)
      guard row.isLogged else { throw row.refusal }
      try table.setDeleted(deleted, row)
    }
  }

  /// Logs what a program measured, its parameters and tags.
  ///
  /// - Throws: `LogRefusal` where there is no such run, it is deleted or one that Labbook trained and
  ///   no living process trains now, or a parameter has another value already; then nothing is logged.
  public func log(_ batch: LoggedBatch, to run: RunID) async throws {
    let isLogged = try await submit { db in
      let table = LoggedRuns(db)
      let row = try table.active(run)
      guard row.isLogged || row.isLabbooks(in: self.store) else { throw row.refusal }
      let parameters = try LoggedParameters(db, self.words).new(batch.parameters, row)
      try LoggedParameters(db, self.words).insert(parameters, row)
      for tag in batch.tags { try table.set(tag, row) }
      if row.isLogged { try LoggedPoints(db, self.words).insert(batch.points, row) }
      return row.isLogged
    }
    guard !isLogged, !batch.points.isEmpty else { return }
    // Its own process alone writes its points.
    guard try forwarder?.forward(batch.points, to: run) == true else {
      throw LogRefusal(
        .denied,
        "The run '\(run)' is trained by Labbook and takes no metrics from MLflow: "
          + "write `metrics: mlflow` under `train` in its file.")
    }
  }

  /// Takes a tag from a run.
  ///
  /// - Throws: `LogRefusal` where there is no such run or tag.
  public func deleteTag(_ key: String, of run: RunID) async throws {
    try await submit { db in
      let table = LoggedRuns(db)
      let row = try table.active(run)
      guard try table.deleteTag(key, row) else {
        throw LogRefusal(.missing, "No tag with name: \(key) in run with id \(run)")
      }
    }
  }
}
