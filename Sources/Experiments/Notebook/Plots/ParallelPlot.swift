public import Runs
public import Tracking

/// Every configuration as a line across an axis a key, coloured by a metric.
public struct ParallelPlot: Plot {
  /// The name of the kind.
  public static let kind = "parallel"
  /// It asks for metrics alone.
  public static let looksIntoNetworks = false
  /// On what its values lie.
  public static let axisKind = PlotAxes.none
  /// The best configurations, or the most important keys, alone.
  public static let hasTop = true
  /// One line for people.
  public static let summary = "configurations as lines across an axis a key, coloured by a metric"
  /// The keys only this kind has.
  public static let keys = [PlotKeys.metric, axes, PlotKeys.log, PlotKeys.value]

  private static let axes = Key(
    "axes", .value(.either([.text, .list(.text, count: 1...12)])), default: "what varies",
    "the keys that have an axis, from left to right")

  /// What the colours and the last axis show.
  public let metric: Metric
  /// The keys that have an axis, from left to right; empty for what varies between runs of the store.
  public let axes: [SweepKey]
  /// Logarithmic axes: `x` of keys, `y` of the metric.
  public let log: LogAxes
  /// Which of a run's values stands for it.
  public let value: MetricValue

  /// Reads a cell.
  public init?(_ reader: PlotKeyReader) {
    let metric = reader.metric()
    if reader.isWritten(Self.axes) {
      axes = reader.texts(Self.axes).compactMap {
        reader.sweep.key($0.text, $0.mark, reader.problems)
      }
    } else {
      axes = reader.varyingKeys()
    }
    log = reader.logAxes()
    value = reader.word(PlotKeys.value) ?? .last
    guard let metric else { return nil }
    self.metric = metric
  }
}
