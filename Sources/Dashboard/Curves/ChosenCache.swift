import Foundation
import Machine
import RunStorage
import Synchronization
import Tracking
import Web

/// The runs that an address asked for last, so that a page and its charts find them once.
///
/// They are kept for as long as a page takes to ask for its charts: 70,000 runs are 40 MB. What is at work is
/// found anew, for a process that dies writes nothing.
final class ChosenCache: Sendable {
  private let store: RunStore
  private let known = Mutex(State())
  /// Many runs are read by one at a time: the others wait, and most of them ask for the same.
  private let reading = Mutex(())

  private struct State {
    var known: Known?
    /// Whether a thread waits to forget the runs.
    var isWaiting = false
  }

  private struct Known {
    let query: WebQuery
    let version: Int64
    let chosen: ChosenRuns
    var used: ContinuousClock.Instant
  }

  /// Fewer runs are not worth keeping.
  private static let least = 500
  /// Runs that nobody has asked for so long are forgotten.
  private static let keptFor = Duration.seconds(10)

  init(_ store: RunStore) { self.store = store }

  /// The runs of an address.
  ///
  /// - Throws: as `ChosenRuns`.
  func runs(_ query: WebQuery) throws -> ChosenRuns {
    if query["runs"] != nil { return try ChosenRuns(query, in: store) }
    // A page and its charts name them in an order of their own.
    let query = WebQuery(
      ["sweep", "where"].flatMap { name in
        query.items.filter { $0.name == name && !$0.value.isEmpty }
      })
    return try reading.withLock { _ in
      try store.lookForAbandonedRuns()
      let version = try store.dataVersion()
      if let found = found(query, version) { return found }
      let chosen = try ChosenRuns(query, in: store)
      if chosen.runs.count >= Self.least,
        !chosen.runs.contains(where: { $0.status == .running })
      {
        keep(Known(query: query, version: version, chosen: chosen, used: .now))
      }
      return chosen
    }
  }

  private func found(_ query: WebQuery, _ version: Int64) -> ChosenRuns? {
    known.withLock { state in
      guard state.known?.query == query, state.known?.version == version else { return nil }
      state.known?.used = .now
      return state.known?.chosen
    }
  }

  private func keep(_ found: Known) {
    known.withLock { state in
      if !state.isWaiting {
        // Without a thread to forget them they are not kept.
        let waiter = try? WorkThread("labbook.forget", stackBytes: 256 << 10) { [weak self] in
          repeat {
            Thread.sleep(forTimeInterval: Self.keptFor / .seconds(1))
          } while self?.isStillUsed() == true
        }
        guard waiter != nil else { return }
        state.isWaiting = true
      }
      state.known = found
    }
  }

  /// Whether somebody has asked for the runs lately; forgets them where nobody has.
  private func isStillUsed() -> Bool {
    let isUsed = known.withLock { state in
      if let used = state.known?.used, ContinuousClock.now - used < Self.keptFor { return true }
      state = State()
      return false
    }
    if !isUsed { FreeMemory.giveBack() }
    return isUsed
  }
}
