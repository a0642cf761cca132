import Synchronization
public import Tracking

/// How far a run is, for whoever looks from another thread, and the way to end it.
public final class RunControl: Sendable {
  private let updatesDone = Atomic<Int>(0)
  private let updatesPlanned = Atomic<Int>(0)
  private let epochsDone = Atomic<Int>(0)
  private let ending = Atomic<Int>(0)

  /// Makes the control of a run that has not begun.
  public init() {}

  /// Updates done so far.
  public var updates: Int { updatesDone.load(ordering: .relaxed) }
  /// Updates of the whole run, if it does not end early; 0 while that is not known.
  public var plannedUpdates: Int { updatesPlanned.load(ordering: .relaxed) }
  /// Epochs done so far.
  public var epochs: Int { epochsDone.load(ordering: .relaxed) }

  /// Ends the run before its next update as `interrupted` or `stopped`.
  public func end(as status: RunStatus) {
    precondition(status == .interrupted || status == .stopped)
    ending.store(status == .stopped ? 2 : 1, ordering: .relaxed)
  }

  /// What the run was asked to end as; `nil` where it may go on.
  public var requestedEnding: RunStatus? {
    switch ending.load(ordering: .relaxed) {
    case 1: .interrupted
    case 2: .stopped
    default: nil
    }
  }

  /// Says how many updates the whole run has; a run that does not know says nothing.
  public func plan(updates: Int) { updatesPlanned.store(updates, ordering: .relaxed) }

  /// Says how many updates are done.
  public func report(updates: Int) { updatesDone.store(updates, ordering: .relaxed) }

  /// Says how many epochs are done.
  public func report(epochs: Int) { epochsDone.store(epochs, ordering: .relaxed) }
}
