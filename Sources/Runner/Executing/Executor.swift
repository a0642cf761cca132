public import Runs

/// Where the runs of a wave are trained: threads of this process, another process, a cluster.
///
/// It takes a wave of the plan and brings every run of it to an end. Which runs there are, what came of
/// them before and where their points go is the wave's to know, not the executor's.
public protocol Executor: AnyObject, Sendable {
  /// Trains the runs of a wave; returns when none is left, or when the wave asked to stop and all that
  /// was being trained has ended.
  func run(_ wave: Wave)
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
