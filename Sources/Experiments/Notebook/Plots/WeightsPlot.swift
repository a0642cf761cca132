public import Runs
public import Tracking

/// The weights of networks.
public struct WeightsPlot: Plot {
  /// The name of the kind.
  public static let kind = "weights"
  /// One line for people.
  public static let summary = "first-layer weights as small images or a map, a histogram a layer"
  /// The keys beside those that every figure has.
  public static let keys = [BoundaryPlot.metric, PlotKeys.by, JudgedKeys.weights]

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// Which weights are drawn.
  public let weights: MetricValue

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    weights = reader.word(JudgedKeys.weights) ?? .last
  }
}
