import Synchronization

/// Where one worker says what it does, and the display reads it; neither waits for the other.
final class ProgressSlot: Sendable {
  private struct Run {
    var label = ""
    var total = 0
    var cost = 0.0
    var isRunning = false
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

  /// Empties the slot; how many updates were done in it.
  func end() -> Int {
    run.withLock { $0.isRunning = false }
    return updates.load(ordering: .relaxed)
  }

  func advance(to count: Int) { updates.store(count, ordering: .relaxed) }

  func measured(_ value: Double) { objective.store(value.bitPattern, ordering: .relaxed) }

  /// What runs in it; `nil` where nothing does.
  func running() -> (run: ProgressSnapshot.Run, cost: Double)? {
    let run = run.withLock { $0 }
    guard run.isRunning else { return nil }
    let value = Double(bitPattern: objective.load(ordering: .relaxed))
    let shown = ProgressSnapshot.Run(
      label: run.label, updates: updates.load(ordering: .relaxed), totalUpdates: run.total,
      objective: value.isNaN ? nil : value)
    return (shown, run.cost)
  }
}
