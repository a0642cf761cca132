public import Runs
public import Tracking

/// One run of a wave, by the name it has in the store.
public struct AssignedRun: Hashable, Sendable {
  /// What is to be trained.
  public let job: TrainingJob
  /// The run that it becomes.
  public let run: RunID

  /// Makes a run of a wave.
  public init(_ job: TrainingJob, _ run: RunID) {
    self.job = job
    self.run = run
  }
}
