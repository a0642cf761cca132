public import Runs
public import Tracking

/// Norms of gradients over training, a line a weight.
public struct GradientsPlot: Plot {
  /// The name of the kind.
  public static let kind = "gradients"
  /// It draws means over seeds.
  public static let hasBands = true
  /// One line for people.
  public static let summary = "norms of every weight's gradient over training, a picture a model"
  /// The keys beside those that every figure has.
  public static let keys = [BoundaryPlot.metric, PlotKeys.by, axis]

  private static let axis = Key(
    "axis", .value(.word(["epoch", "step"])), default: "epoch", "what curves run along")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// Whether curves run along updates instead of epochs.
  public let isBySteps: Bool

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    isBySteps = reader.text(Self.axis) == "step"
    LayersPlot.checkLogged(reader)
  }
}
