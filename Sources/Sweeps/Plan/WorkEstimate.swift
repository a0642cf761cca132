import Experiments
import Runs
import Tracking

/// How much a plan has to compute.
public struct WorkEstimate: Hashable, Sendable {
  /// Runs, each once.
  public private(set) var runs = 0
  /// Updates of all runs, if none ends early.
  public private(set) var updates = 0
  /// Training rows that pass through networks in these updates.
  public private(set) var rows = 0

  /// Counts the work of runs.
  public init(_ runs: [PlannedRun], facts: PlanFacts) throws {
    for run in runs {
      self.runs += 1
      guard let length = try facts.length(of: run.configuration) else { continue }
      updates = updates.addedSaturating(length.updates)
      rows = rows.addedSaturating(length.rows(ofUpdates: length.updates))
    }
  }
}
