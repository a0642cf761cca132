import Datasets
public import Tracking

/// Networks of one feature that predict a number, over an interval.
public struct FitPlot: Plot {
  public static let kind = "fit"
  public static let summary = "predictions of networks of one feature, mean and band over the seeds"
  public static let keys = [BoundaryPlot.metric, PlotKeys.by, x]

  private static let x = Key(
    "x", .value(.list(.number(.any), count: 2...2)), default: "that of the data",
    "the interval, such as [-4, 4]")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// The interval drawn; `nil` means that of the data.
  public let range: ClosedRange<Double>?

  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    range = reader.interval(Self.x)
    let name = reader.sweep.name
    reader.checkData { shape in
      if shape.features != 1 {
        return (
          "the data of '\(name)' has \(amount(shape.features)), a fit needs one",
          ["remove the cell, or take data with one feature"]
        )
      }
      return shape.values != 1
        ? (
          "the target of '\(name)' is not one number, so there is no fit",
          shape.classes == nil ? [] : ["for classes there is plot: boundary"]
        ) : nil
    }
  }
}
