public import Runs
public import Tracking

/// Where the runs of a wave are trained: threads of this process, another process, a cluster.
///
/// It takes a wave of the plan and brings every run of it to an end. Which runs there are, what came of
/// them before and where their points go is the wave's to know, not the executor's.
public protocol Executor: AnyObject, Sendable {
  /// Trains the runs of a wave; returns when none is left, or when the wave asked to stop and all that
  /// was being trained has ended.
  func run(_ wave: Wave)
}

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

/// What an executor gets when it opens a run of a wave.
public enum Opening {
  /// It is ours: what happens is told to the sink, which must be finished; the control says how far the
  /// run is, and takes Ctrl-C and requests to end.
  case opened(any RunSink, RunControl)
  /// Another process trains it; it can be asked for again later.
  case busy
  /// It needs no training any more.
  case done
}
