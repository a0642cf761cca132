public import Runs
public import Tracking

/// Images that classifiers took for something else.
public struct ImagesPlot: Plot {
  /// The name of the kind.
  public static let kind = "images"
  /// On what its values lie.
  public static let axisKind = PlotAxes.none
  /// One line for people.
  public static let summary = "mistakes of image classifiers, with predicted and true class"
  /// The keys beside those that every figure has.
  public static let keys = [
    BoundaryPlot.metric, PlotKeys.by, DataPart.key, count, JudgedKeys.weights,
  ]

  private static let count = Key(
    "count", .value(.integer(1...120)), default: "18", "how many images are drawn of a network")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// The rows that are asked about; `nil` means the usual ones.
  public let part: DataPart?
  /// How many images are drawn of a network.
  public let count: Int
  /// Which weights are asked.
  public let weights: MetricValue

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    part = reader.word(DataPart.key)
    count = reader.integer(Self.count) ?? 18
    weights = reader.word(JudgedKeys.weights) ?? .last
    JudgedKeys.check(reader, part, needsImages: true)
  }
}
