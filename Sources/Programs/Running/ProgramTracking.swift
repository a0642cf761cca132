public import Runs

/// Serves MLflow's tracking API to the programs whose metrics come from there.
public protocol ProgramTracking: Sendable {
  /// The variables by which a program's MLflow client finds the server, and in it its run.
  ///
  /// - Parameters:
  ///   - job: what is run.
  ///   - place: where the run's own files lie.
  /// - Throws: why there is no server.
  func variables(for job: TrainingJob, in place: RunFolderPlace) throws -> [String: String]
}
