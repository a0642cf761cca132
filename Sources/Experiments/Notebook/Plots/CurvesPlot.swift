public import Tracking

/// Metrics over training.
public struct CurvesPlot: Plot {
  public static let kind = "curves"
  public static let summary = "metrics over training, mean and band over the seeds"
  public static let keys = [metric, PlotKeys.by, axis, PlotKeys.log]

  private static let metric = Key(
    "metric", .value(.either([.text, .list(.text, count: 1...20)])), default: "loss and accuracy",
    "a metric, such as val/loss, or a list of them")
  private static let axis = Key(
    "axis", .value(.word(Axis.allCases.map(\.rawValue))), default: "epoch", "what curves run along")

  /// What is drawn; empty means loss and accuracy, as far as the store has them.
  public let metrics: [Metric]
  /// A colour a value of this key.
  public let by: SweepKey?
  /// What curves run along.
  public let axis: Axis
  /// Logarithmic axes.
  public let log: LogAxes

  /// What curves run along.
  public enum Axis: String, Hashable, Sendable, CaseIterable {
    case epoch, step, time
  }

  /// Curves of some metrics.
  public init(metrics: [Metric], by: SweepKey? = nil) {
    self.metrics = metrics
    self.by = by
    axis = .epoch
    log = LogAxes()
  }

  public init?(_ reader: PlotKeyReader) {
    if reader.isWritten(Self.metric) {
      metrics = reader.metrics(Self.metric)
    } else {
      metrics = Self.usual.filter { reader.sweep.metrics?.contains($0) ?? false }
      if metrics.isEmpty, reader.sweep.metrics != nil, !reader.sweep.hasFailed {
        reader.problems.report(
          reader.mark, "no run of '\(reader.sweep.name)' measures a loss or an accuracy",
          ["remove the cell, or let the runs train"])
      }
    }
    by = reader.key(PlotKeys.by)
    axis = reader.word(Self.axis) ?? .epoch
    log = reader.logAxes()
  }

  /// Loss and accuracy of training and validation.
  public static let usual: [Metric] = [.trainLoss, .valLoss, .trainAccuracy, .valAccuracy]
}
