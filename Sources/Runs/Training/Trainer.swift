public import Tracking

/// Trains the runs of one kind: Labbook's own networks, or outside programs.
///
/// A trainer knows nothing of stores, plans and other runs. It tells a sink what happens, says through
/// the control how far it is, and ends early where the control asks it to.
public protocol Trainer: Sendable {
  /// Whether it is the one for a run.
  func trains(_ configuration: RunConfiguration) -> Bool

  /// Takes what a run needs of the machine; `nil` where that is not free now, so that it is to be asked
  /// for again later.
  ///
  /// - Parameter cores: how many all runs together have.
  /// - Throws: why the run can never be given it.
  func slot(for job: TrainingJob, of cores: Int) throws -> (any RunSlot)?

  /// Whether one of its runs computes with as many threads as its control allows.
  var sharesThreads: Bool { get }

  /// Why a run is not to be begun at all, though it could; `nil` where nothing speaks against it.
  func hindrance(_ job: TrainingJob) -> String?

  /// Trains a run on the thread that calls, until its end, its limit, or until the control asks to end.
  ///
  /// - Throws: what keeps the run from being trained; it becomes the message of a failed run.
  func train(_ job: TrainingJob, _ control: RunControl, into sink: any RunSink) throws
    -> TrainingOutcome
}

extension Trainer {
  /// Nothing, unless a trainer says otherwise.
  public func hindrance(_ job: TrainingJob) -> String? { nil }

  /// It does not.
  public var sharesThreads: Bool { false }

  /// One core.
  public func slot(for job: TrainingJob, of cores: Int) throws -> (any RunSlot)? {
    CoreSlot(cores: 1)
  }

  /// Trains a run and tells its end too: a run that cannot be trained fails with what was thrown.
  public func carryOut(_ job: TrainingJob, _ control: RunControl, into sink: any RunSink) {
    do {
      let outcome = try train(job, control, into: sink)
      sink.finish(
        outcome.status, durationSeconds: outcome.durationSeconds, message: outcome.message)
    } catch {
      sink.finish(.failed, durationSeconds: nil, message: String(describing: error))
    }
  }
}

/// How a training ended that threw no error.
public struct TrainingOutcome: Hashable, Codable, Sendable {
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
