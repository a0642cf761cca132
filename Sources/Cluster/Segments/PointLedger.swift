import Runs
import Tracking

/// How many points attempts have told of runs up to a step, so that a state is used only where all points
/// before it are there.
struct PointLedger {
  /// What one attempt told of one run.
  private struct Account {
    /// Points of the state that it began from, where that came with the order.
    let base: Int
    let restart: RestartPoint?
    var steps: [Int] = []
    /// All points so far, after each of `steps`.
    var counts: [Int] = []
  }

  private var accounts: [Int: [Int: Account]] = [:]
  private let orders: [TaskOrder]

  /// Makes the ledger of a task.
  init(_ orders: [TaskOrder]) { self.orders = orders }

  /// Takes a record of an attempt.
  mutating func take(_ record: SegmentRecord, of attempt: Int) {
    switch record {
    case .note(.began(let run, let origin, _, let restart)):
      let state = restart == nil && orders.indices.contains(run) ? origin : nil
      let base = state.flatMap { try? orders[run].order.state($0)?.points } ?? 0
      accounts[run, default: [:]][attempt] = Account(base: base, restart: restart)
    case .points(let run, let points):
      guard let last = points.last, var account = accounts[run]?[attempt] else { return }
      accounts[run]?[attempt] = nil  // So that its lists are not copied.
      account.steps.append(last.step)
      account.counts.append((account.counts.last ?? 0) + points.count)
      accounts[run]?[attempt] = account
    default: break
    }
  }

  /// Forgets a run that has ended.
  mutating func forget(_ run: Int) { accounts[run] = nil }

  /// The points of a run through a step, as an attempt and those that it went on from told them.
  func points(of run: Int, _ attempt: Int, through step: Int) -> Int {
    guard let account = accounts[run]?[attempt] else { return 0 }
    let earlier =
      account.restart.map {
        $0.attempt < attempt ? points(of: run, $0.attempt, through: $0.step) : 0
      } ?? account.base
    let place = account.steps.partition { $0 > step }
    return earlier + (place > 0 ? account.counts[place - 1] : 0)
  }

  /// Whether all points before a state are there.
  func isWhole(_ restart: RestartPoint, of run: Int) -> Bool {
    points(of: run, restart.attempt, through: restart.step) == restart.points
  }
}

extension [Int] {
  /// The first place of an ordered list for which a condition holds that holds from there on.
  fileprivate func partition(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
