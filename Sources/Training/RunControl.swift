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
  /// Updates of the whole run, if it does not end early; 0 before it begins.
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

  /// Takes over what a run had reached that goes on.
  func resume(at position: TrainingPosition) {
    report(updates: position.updates)
    report(epochs: max(0, position.epoch - 1))
  }

  func plan(updates: Int) { updatesPlanned.store(updates, ordering: .relaxed) }
  func report(updates: Int) { updatesDone.store(updates, ordering: .relaxed) }
  func report(epochs: Int) { epochsDone.store(epochs, ordering: .relaxed) }
}
