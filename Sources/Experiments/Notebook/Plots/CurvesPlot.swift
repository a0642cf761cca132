import FileLanguage
public import Runs
public import Tracking

/// Metrics over training.
public struct CurvesPlot: Plot {
  /// The name of the kind.
  public static let kind = "curves"
  /// It asks for metrics alone.
  public static let looksIntoNetworks = false
  /// It draws means over seeds.
  public static let hasBands = true
  /// One line for people.
  public static let summary = "metrics over training, mean and band over the seeds"
  /// The keys only this kind has.
  public static let keys = [metric, PlotKeys.by, axis, PlotKeys.log, smooth, rows, columns]

  private static let metric = Key(
    "metric", .value(.either([.text, .list(.text, count: 1...20)])), default: "loss and accuracy",
    "a metric, such as val/loss, or a list of them")
  private static let axis = Key(
    "axis", .value(.word(Axis.allCases.map(\.rawValue))), default: "epoch", "what curves run along")

  private static let smooth = Key(
    "smooth", .value(.orOff(.number(.shareBelowOne))), default: "none",
    "share of the smoothed value that each point keeps of the one before, such as 0.9")
  private static let rows = Key("rows", .value(.text), "a key: a row of panels for each value")
  private static let columns = Key(
    "columns", .value(.text), "a key: a column of panels for each value")

  /// What is drawn; empty means loss and accuracy, as far as the store has them.
  public let metrics: [Metric]
  /// A colour a value of this key.
  public let by: SweepKey?
  /// What curves run along.
  public let axis: Axis
  /// Logarithmic axes.
  public let log: LogAxes
  /// How much of the smoothed value before each point keeps; 0 for none.
  public let smoothing: Double
  /// A row of panels a value of this key.
  public let rows: SweepKey?
  /// A column of panels a value of this key.
  public let columns: SweepKey?

  /// What curves run along.
  public enum Axis: String, Hashable, Sendable, CaseIterable {
    case epoch, step, samples, time
  }

  /// Curves of some metrics.
  public init(metrics: [Metric], by: SweepKey? = nil) {
    self.metrics = metrics
    self.by = by
    axis = .epoch
    log = LogAxes()
    smoothing = 0
    rows = nil
    columns = nil
  }

  /// Reads a cell.
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
    smoothing = reader.number(Self.smooth) ?? 0
    rows = reader.key(Self.rows)
    columns = reader.key(Self.columns)
    if let rows, let columns, rows.isSame(as: columns) {
      reader.problems.report(
        reader.place(of: Self.columns), "rows and columns are the same key",
        ["name two keys that vary"])
    }
  }

  /// Loss and accuracy of training and validation.
  public static let usual: [Metric] = [.trainLoss, .valLoss, .trainAccuracy, .valAccuracy]
}
