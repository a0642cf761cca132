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
  private let known = Mutex<Known?>(nil)
  /// Many runs are read by one at a time: the others wait, and most of them ask for the same.
  private let reading = Mutex(())
  private let keptFor: Duration

  private struct Known {
    let query: WebQuery
    let version: Int64
    let chosen: ChosenRuns
    var used: ContinuousClock.Instant
  }

  /// Fewer runs are not worth keeping.
  private static let least = 500

  init(_ store: RunStore, keptFor: Duration = .seconds(10)) {
    (self.store, self.keptFor) = (store, keptFor)
  }

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
      guard chosen.runs.count >= Self.least,
        !chosen.runs.contains(where: { $0.status == .running })
      else { return chosen }
      known.withLock {
        $0 = Known(query: query, version: version, chosen: chosen, used: .now)
      }
      forgetLater()
      return chosen
    }
  }

  private func found(_ query: WebQuery, _ version: Int64) -> ChosenRuns? {
    known.withLock { known in
      guard known?.query == query, known?.version == version else { return nil }
      known?.used = .now
      return known?.chosen
    }
  }

  private func forgetLater() {
    Task.detached(priority: .background) { [weak self, keptFor] in
      while true {
        try? await Task.sleep(for: keptFor)
        guard self?.forget() == false else { return }
      }
    }
  }

  /// Forgets the runs where nobody has asked for them for a while; false where somebody has.
  private func forget() -> Bool {
    let isOver = known.withLock { known in
      guard let used = known?.used else { return true }
      guard ContinuousClock.now - used >= keptFor else { return false }
      known = nil
      return true
    }
    if isOver { FreeMemory.giveBack() }
    return isOver
  }
}
