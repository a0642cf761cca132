public import Runs
public import Tracking

/// A metric's last or best value against a hyperparameter.
public struct FinalPlot: Plot {
  /// The name of the kind.
  public static let kind = "final"
  /// It asks for metrics alone.
  public static let looksIntoNetworks = false
  /// It draws means over seeds.
  public static let hasBands = true
  /// One line for people.
  public static let summary = "a metric's last or best value against a key"
  /// The keys only this kind has.
  public static let keys = [PlotKeys.metric, x, PlotKeys.by, PlotKeys.log, PlotKeys.value]

  private static let x = Key("x", .value(.text), isRequired: true, "the key along the x axis")

  /// What stands upwards.
  public let metric: Metric
  /// The key along the horizontal axis.
  public let x: SweepKey
  /// A line a value of this key.
  public let by: SweepKey?
  /// Logarithmic axes.
  public let log: LogAxes
  /// Which of a run's values stands for it.
  public let value: MetricValue

  /// The last values of a metric against a key.
  public init(metric: Metric, x: SweepKey, by: SweepKey?) {
    self.metric = metric
    self.x = x
    self.by = by
    log = LogAxes()
    value = .last
  }

  /// Reads a cell.
  public init?(_ reader: PlotKeyReader) {
    let metric = reader.metric()
    by = reader.key(PlotKeys.by)
    let x = reader.axis(Self.x)
    log = reader.logAxes()
    value = reader.word(PlotKeys.value) ?? .last
    guard let metric, let x else { return nil }
    self.metric = metric
    self.x = x
  }
}
