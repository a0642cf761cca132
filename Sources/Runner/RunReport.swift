import Runs
import Terminal
public import Tracking

/// What came of running a plan.
public struct RunReport: Sendable {
  /// Runs of the plan, each once.
  public let total: Int
  /// Those whose result was there already, or was made by another process meanwhile.
  public let reused: Int
  /// Those trained here that went on from their own checkpoint.
  public let resumed: Int
  /// Those trained here that went on from the last state of a shorter run.
  public let continued: Int
  /// Those begun here, by how they ended.
  public let ended: [RunStatus: Int]
  /// The runs that failed, with what they said.
  public let failures: [(label: String, message: String)]
  /// Why runs were not begun.
  public let hindrances: [String]
  /// Whether the user ended it early.
  public let wasInterrupted: Bool
  /// How long it took.
  public let seconds: Double

  init(_ board: ProgressBoard, stop: StopSignal) {
    let snapshot = board.snapshot(isStopping: true)
    total = snapshot.total
    reused = snapshot.reused
    ended = snapshot.ended
    (resumed, continued) = board.goneOn
    failures = board.failures
    hindrances = board.hindrances
    wasInterrupted = stop.isRaised
    seconds = snapshot.elapsedSeconds
  }

  /// How many runs were begun here, to whatever end.
  public var begun: Int { ended.values.reduce(0, +) }

  /// How many runs were trained here until they had a result, be it that they diverged or were
  /// stopped; neither those that were interrupted nor those that failed.
  public var trained: Int { ended.filter(\.key.isResult).values.reduce(0, +) }

  /// The exit status: 130 where it was interrupted, 1 where a run failed or was not begun, else 0.
  public var exitStatus: Int32 {
    if wasInterrupted { return 130 }
    return ended[.failed, default: 0] > 0 || !hindrances.isEmpty ? 1 : 0
  }

  /// The report in one line: `26 runs trained in 12 s (38 reused), 1 diverged`.
  public var summary: String {
    var text = "\(Quantity.count(trained)) \(trained == 1 ? "run" : "runs") trained in "
    text += Quantity.elapsed(seconds)
    if reused > 0 { text += " (\(Quantity.count(reused)) reused)" }
    if resumed > 0 { text += ", \(Quantity.count(resumed)) resumed" }
    if continued > 0 { text += ", \(Quantity.count(continued)) continued from shorter ones" }
    for status in [RunStatus.stopped, .diverged, .failed, .interrupted] {
      if let count = ended[status] { text += ", \(count) \(status.rawValue)" }
    }
    let left = total - reused - begun
    if left > 0 { text += ", \(Quantity.count(left)) not begun" }
    return text
  }
}
