import Synchronization

/// A training that tells from any thread how far it is, and can be asked to end.
public protocol LiveRun: AnyObject, Sendable {
  /// Updates done so far.
  var updates: Int { get }
  /// Updates of the whole run; 0 while that is not known.
  var plannedUpdates: Int { get }
  /// The objective's best value so far; not-a-number while there is none.
  var bestObjective: Double { get }
  /// Asks it to end before its next update.
  func interrupt()
}

/// Where one worker says what it does, and the display reads it; neither waits for the other.
final class ProgressSlot: Sendable {
  private struct Run {
    var label = ""
    var total = 0
    var cost = 0.0
    var isRunning = false
    var live: (any LiveRun)?
  }

  private let run = Mutex(Run())
  private let updates = Atomic<Int>(0)
  private let objective = Atomic<UInt64>(Double.nan.bitPattern)

  var label: String { run.withLock { $0.label } }

  func begin(_ job: TrainingJob) {
    updates.store(0, ordering: .relaxed)
    objective.store(Double.nan.bitPattern, ordering: .relaxed)
    run.withLock {
      $0 = Run(label: job.label, total: job.updates, cost: job.cost, isRunning: true)
    }
  }

  /// Lets the display look at the training itself.
  func attach(_ live: any LiveRun) { run.withLock { $0.live = live } }

  /// Asks the training to end, if it can be asked from here.
  func interrupt() { run.withLock { $0.live }?.interrupt() }

  /// Empties the slot; how many updates were done in it.
  func end() -> Int {
    let live = run.withLock { run in
      defer { run = Run() }
      return run.live
    }
    return live?.updates ?? updates.load(ordering: .relaxed)
  }

  func advance(to count: Int) { updates.store(count, ordering: .relaxed) }

  func measured(_ value: Double) { objective.store(value.bitPattern, ordering: .relaxed) }

  /// What runs in it; `nil` where nothing does.
  func running() -> (run: ProgressSnapshot.Run, cost: Double)? {
    let run = run.withLock { $0 }
    guard run.isRunning else { return nil }
    let value =
      run.live?.bestObjective ?? Double(bitPattern: objective.load(ordering: .relaxed))
    let planned = run.live?.plannedUpdates ?? 0
    let shown = ProgressSnapshot.Run(
      label: run.label, updates: run.live?.updates ?? updates.load(ordering: .relaxed),
      totalUpdates: planned > 0 ? planned : run.total, objective: value.isNaN ? nil : value)
    return (shown, run.cost)
  }
}
