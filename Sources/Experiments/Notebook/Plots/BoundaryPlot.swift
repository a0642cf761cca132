import Datasets
public import Tracking

/// Decision regions of classifiers of two features.
public struct BoundaryPlot: Plot {
  public static let kind = "boundary"
  public static let summary = "decision regions of networks of two features"
  public static let keys = [metric, PlotKeys.by]

  static let metric = Key(
    "metric", .value(.text), default: "the objective", "chooses each group's best configuration")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?

  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(Self.metric)
    by = reader.key(PlotKeys.by)
    let name = reader.sweep.name
    reader.checkData { shape in
      if shape.features != 2 {
        return (
          "the data of '\(name)' has \(amount(shape.features)), a boundary needs two",
          ["remove the cell, or take data with two features"]
        )
      }
      return shape.classes == nil
        ? (
          "the data of '\(name)' has no classes, so there is no boundary",
          ["for numbers there is plot: fit"]
        ) : nil
    }
  }
}

/// A number of features in words.
func amount(_ features: Int) -> String { features == 1 ? "1 feature" : "\(features) features" }
