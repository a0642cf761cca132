public import RunStorage
public import Tracking

/// One run to be trained: what the store knows it by, and the work itself.
public struct TrainingJob: Sendable {
  /// What is asked of the store.
  public let request: RunRequest
  /// What people know the run by: the values of what varies, and the seed.
  public let label: String
  /// The updates it takes if it does not end early.
  public let updates: Int
  /// How much it computes, in any unit that all jobs share.
  public let cost: Double
  /// The epochs that are asked for, after which it stops; `nil` for all.
  public let limit: Int?
  /// Trains it, on the thread that calls.
  public let work: @Sendable (TrainingContext) throws -> TrainingOutcome

  /// Makes a job.
  ///
  /// - Parameter work: trains the run; asks `context.shouldStop` between two updates and then
  ///   returns `interrupted`. What it throws becomes the message of a failed run.
  public init(
    _ request: RunRequest, label: String, updates: Int, cost: Double, limit: Int? = nil,
    work: @escaping @Sendable (TrainingContext) throws -> TrainingOutcome
  ) {
    self.request = request
    self.label = label
    self.updates = updates
    self.cost = cost
    self.limit = limit
    self.work = work
  }
}

/// The jobs of one sweep.
public struct SweepJobs: Sendable {
  /// The sweep's name in the file.
  public let sweep: String
  /// Its runs in order.
  public let jobs: [TrainingJob]

  /// Makes the work of one sweep.
  public init(_ sweep: String, _ jobs: [TrainingJob]) {
    self.sweep = sweep
    self.jobs = jobs
  }
}

/// How a training ended that threw no error.
public struct TrainingOutcome: Sendable {
  /// Completed, diverged, stopped, or interrupted where it was asked to end.
  public let status: RunStatus
  /// Seconds of training and evaluation, without loading data and without epoch 0.
  public let durationSeconds: Double
  /// More for people, such as where the loss left the finite numbers.
  public let message: String?

  /// Makes an outcome.
  public init(_ status: RunStatus, durationSeconds: Double, message: String? = nil) {
    precondition(status.isResult || status == .interrupted, "a training cannot end as \(status)")
    self.status = status
    self.durationSeconds = durationSeconds
    self.message = message
  }
}
