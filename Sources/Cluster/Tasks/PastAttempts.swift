import Foundation
import Runs
import Tracking

/// What earlier attempts of a task came to, read from their segments.
struct PastAttempts {
  /// The places of the runs that have ended for good.
  private(set) var ended: Set<Int> = []
  private var ledger: PointLedger

  init(of task: Int, _ orders: [TaskOrder], in folder: PlanFolder) {
    ledger = PointLedger(orders)
    var failed: Set<Int> = []
    for name in folder.segmentNames() where name.task == task {
      var reader = SegmentReader(name, runs: orders.count, in: folder)
      for record in reader.more() {
        ledger.take(record, of: name.attempt)
        switch record {
        case .note(.began(let run, _, _, _)):
          // One that was replaced and failed then is not heard.
          if failed.remove(run) != nil { ended.remove(run) }
        case .note(.ended(let run, let status, _, _)) where status != .interrupted:
          ended.insert(run)
          if status == .failed { failed.insert(run) }
        default: break
        }
      }
    }
  }

  /// Whether the segments hold all points before a state.
  func isUsable(_ checkpoint: Checkpoint, of run: Int, left attempt: Int) -> Bool {
    ledger.isWhole(RestartPoint(checkpoint, of: attempt), of: run)
  }
}
