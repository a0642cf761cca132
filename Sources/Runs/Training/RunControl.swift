import Synchronization
public import TensorKernels
public import Tracking

/// How far a run is, for whoever looks from another thread, and the way to end it.
public final class RunControl: Sendable {
  private let updatesDone = Atomic<Int>(0)
  private let updatesPlanned = Atomic<Int>(0)
  private let epochsDone = Atomic<Int>(0)
  private let bytesHeld = Atomic<Int>(0)
  private let ending = Atomic<Int>(0)
  /// 0 while nobody has said, below 0 for so many threads exactly.
  private let allowed = Atomic<Int>(0)
  private let signal: StopSignal?

  /// Makes the control of a run that has not begun.
  ///
  /// - Parameter signal: interrupts the run too; `nil` for a run that only `end` ends.
  public init(_ signal: StopSignal? = nil) { self.signal = signal }

  /// Updates done so far.
  public var updates: Int { updatesDone.load(ordering: .relaxed) }
  /// Updates of the whole run, if it does not end early; 0 while that is not known.
  public var plannedUpdates: Int { updatesPlanned.load(ordering: .relaxed) }
  /// Epochs done so far.
  public var epochs: Int { epochsDone.load(ordering: .relaxed) }

  /// The memory that a program and all that it started hold, in bytes; 0 while that is not known.
  public var memoryBytes: Int { bytesHeld.load(ordering: .relaxed) }

  /// How far the run is, as a value.
  public var progress: RunProgress {
    RunProgress(updates: updates, plannedUpdates: plannedUpdates, epochs: epochs)
  }

  /// Ends the run before its next update as `interrupted` or `stopped`.
  public func end(as status: RunStatus) {
    precondition(status == .interrupted || status == .stopped)
    ending.store(status == .stopped ? 2 : 1, ordering: .relaxed)
  }

  /// What the run was asked to end as; `nil` where it may go on.
  ///
  /// A trainer asks before every update: nothing here waits.
  public var requestedEnding: RunStatus? {
    switch ending.load(ordering: .relaxed) {
    case 1: .interrupted
    case 2: .stopped
    default: signal?.isRaised == true ? .interrupted : nil
    }
  }

  /// Says how many threads the run may compute with from its next update on; its numbers do not depend
  /// on it.
  public func allow(_ threads: ThreadAllowance) {
    allowed.store(threads.isExact ? -threads.count : threads.count, ordering: .relaxed)
  }

  /// How many threads the run may compute with, `nil` while nobody has said; a trainer asks before every
  /// update.
  public var threads: ThreadAllowance? {
    let count = allowed.load(ordering: .relaxed)
    return count == 0 ? nil : ThreadAllowance(abs(count), exactly: count < 0)
  }

  /// Says how many updates the whole run has; a run that does not know says nothing.
  public func plan(updates: Int) { updatesPlanned.store(updates, ordering: .relaxed) }

  /// Says how many updates are done.
  public func report(updates: Int) { updatesDone.store(updates, ordering: .relaxed) }

  /// Says how many epochs are done.
  public func report(epochs: Int) { epochsDone.store(epochs, ordering: .relaxed) }

  /// Says how much memory a program holds.
  public func report(memoryBytes: Int) { bytesHeld.store(memoryBytes, ordering: .relaxed) }

  /// Says all of it, as another process did.
  public func report(_ progress: RunProgress) {
    plan(updates: progress.plannedUpdates)
    report(updates: progress.updates)
    report(epochs: progress.epochs)
  }
}

/// How far a run was at one moment.
public struct RunProgress: Hashable, Codable, Sendable {
  /// Updates done.
  public let updates: Int
  /// Updates of the whole run; 0 while that is not known.
  public let plannedUpdates: Int
  /// Epochs done.
  public let epochs: Int

  /// Makes a moment of a run.
  public init(updates: Int, plannedUpdates: Int, epochs: Int) {
    self.updates = updates
    self.plannedUpdates = plannedUpdates
    self.epochs = epochs
  }
}
