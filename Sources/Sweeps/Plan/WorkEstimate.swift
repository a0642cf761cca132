public import Experiments

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
      let configuration = run.configuration
      let trainRows = try facts.trainRows(of: configuration.data)
      let updates = configuration.train.updates(trainRows: trainRows)
      self.runs += 1
      self.updates = self.updates.addedSaturating(updates)
      let batch = configuration.train.batchSize.count(of: trainRows)
      rows = rows.addedSaturating(updates.multipliedSaturating(by: batch))
    }
  }
}

