import FileLanguage
public import Runs
public import Tracking

/// How much of a metric's differences each hyperparameter explains.
public struct ImportancePlot: Plot {
  /// The name of the kind.
  public static let kind = "importance"
  /// It asks for metrics alone.
  public static let looksIntoNetworks = false
  /// On what its values lie.
  public static let axisKind = PlotAxes.names
  /// The best configurations, or the most important keys, alone.
  public static let hasTop = true
  /// One line for people.
  public static let summary = "how much of a metric's differences each key explains"
  /// The keys only this kind has.
  public static let keys = [PlotKeys.metric, PlotKeys.value]

  /// Fewer runs say too little.
  public static let fewestRuns = 30

  /// What is explained.
  public let metric: Metric
  /// What explains it; empty for what varies between runs of the store.
  public let explaining: [SweepKey]
  /// Which of a run's values stands for it.
  public let value: MetricValue

  /// Reads a cell.
  public init?(_ reader: PlotKeyReader) {
    let metric = reader.metric()
    value = reader.word(PlotKeys.value) ?? .last
    explaining = reader.varyingKeys()
    if let runs = reader.sweep.runCount, runs < Self.fewestRuns, !reader.sweep.hasFailed {
      reader.problems.report(
        reader.mark,
        "the sweep '\(reader.sweep.name)' has \(runs == 1 ? "1 run" : "\(runs) runs"), importance needs"
          + " \(Self.fewestRuns)",
        ["give it more values or seeds, or remove the cell"])
    }
    guard let metric else { return nil }
    self.metric = metric
  }
}
