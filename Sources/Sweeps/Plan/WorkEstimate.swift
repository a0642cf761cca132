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

extension TrainConfiguration {
  /// The updates of one run over so many training rows, if it does not end early.
  public func updates(trainRows: Int) -> Int {
    guard loss != nil, trainRows > 0 else { return 0 }
    switch duration {
    case .steps(let steps): return steps
    case .epochs(let epochs):
      let batch = max(1, batchSize.count(of: trainRows))
      return epochs.multipliedSaturating(by: (trainRows - 1) / batch + 1)
    }
  }
}

extension Int {
  /// The sum of two counts, or `Int.max` where that is too small to hold it.
  func addedSaturating(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
