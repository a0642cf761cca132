import Foundation
public import RunStorage
import Synchronization
public import Tracking

/// Hands what a program logs on to the `labbook run` that started it, which alone writes its run.
public final class ProgramForwarder: PointForwarder {
  private let store: RunStore
  private let lines = Mutex<[RunID: ProgramLines]>([:])

  /// Makes a forwarder of a store's runs.
  public init(_ store: RunStore) { self.store = store }

  /// Appends points to the file that the run's process reads; false where no such process is at work.
  public func forward(_ points: [LoggedPoint], to run: RunID) throws -> Bool {
    guard store.isTrained(run), let work = ProgramAtWork(run, store.programFolder(of: run)) else {
      lines.withLock { $0[run] = nil }
      return false
    }
    // Under the lock, so that lines stand in the order in which steps were told.
    try lines.withLock { all in
      var mine = all[run] ?? ProgramLines()
      try work.append(try mine.lines(points))
      all[run] = mine
    }
    return true
  }
}
