public import RunStorage
import Tracking

/// What running a plan would do; nothing is written to find out.
public struct PlanStatus: Hashable, Sendable {
  /// Runs of the plan, each once.
  public private(set) var total = 0
  /// Runs that have a result.
  public private(set) var reused = 0
  /// Runs that were begun, and are trained again from their start.
  public private(set) var trainedAgain = 0
  /// Runs that another process is training.
  public private(set) var elsewhere = 0
  /// Runs that nobody has begun.
  public private(set) var new = 0

  /// Looks up the keys of a plan.
  ///
  /// - Parameter store: `nil` where there is none yet.
  public init(keys: [String], in store: RunStore?, fresh: Bool = false) throws {
    let known = try store?.currentRuns(ofKeys: keys) ?? [:]
    for key in Set(keys) {
      total += 1
      guard !fresh, let run = known[key] else {
        new += 1
        continue
      }
      switch run.status {
      case .completed, .diverged, .stopped: reused += 1
      case .interrupted, .failed: trainedAgain += 1
      case .running: elsewhere += 1
      case .planned: new += 1
      }
    }
  }

  /// How many runs are to be trained by this process, as far as is known.
  public var toTrain: Int { new + trainedAgain }
}
