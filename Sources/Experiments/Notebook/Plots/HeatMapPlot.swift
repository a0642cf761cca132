import FileLanguage
public import Runs
public import Tracking

/// A metric over two hyperparameters.
public struct HeatMapPlot: Plot {
  /// The name of the kind.
  public static let kind = "heatmap"
  /// It asks for metrics alone.
  public static let looksIntoNetworks = false
  /// On what its values lie.
  public static let axisKind = PlotAxes.names
  /// One line for people.
  public static let summary = "a metric's last or best value over two keys"
  /// The keys only this kind has.
  public static let keys = [PlotKeys.metric, x, y, PlotKeys.log, PlotKeys.value]

  private static let x = Key("x", .value(.text), isRequired: true, "the key along the x axis")
  private static let y = Key("y", .value(.text), isRequired: true, "the key along the y axis")

  /// What the cells show.
  public let metric: Metric
  /// The key along the horizontal axis.
  public let x: SweepKey
  /// The key along the vertical axis.
  public let y: SweepKey
  /// Logarithmic axes.
  public let log: LogAxes
  /// Which of a run's values stands for it.
  public let value: MetricValue

  /// The last values of a metric over two keys.
  public init(metric: Metric, x: SweepKey, y: SweepKey) {
    self.metric = metric
    self.x = x
    self.y = y
    log = LogAxes()
    value = .last
  }

  /// Reads a cell.
  public init?(_ reader: PlotKeyReader) {
    let metric = reader.metric()
    let x = reader.axis(Self.x)
    let y = reader.axis(Self.y)
    log = reader.logAxes()
    value = reader.word(PlotKeys.value) ?? .last
    if let x, let y, x.isSame(as: y) {
      reader.problems.report(
        reader.place(of: Self.y), "x and y of a heatmap are the same key",
        ["name two keys that vary"])
    }
    guard let metric, let x, let y else { return nil }
    self.metric = metric
    self.x = x
    self.y = y
  }
}
