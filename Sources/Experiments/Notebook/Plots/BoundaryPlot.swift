import Datasets
public import Runs
public import Tracking

/// Decision regions of classifiers of two features.
public struct BoundaryPlot: Plot {
  /// The name of the kind.
  public static let kind = "boundary"
  /// One line for people.
  public static let summary = "decision regions of networks of two features"
  /// The keys only this kind has.
  public static let keys = [metric, PlotKeys.by, frames, PlotKeys.animate]

  static let metric = Key(
    "metric", .value(.text), default: "the objective", "chooses each group's best configuration")

  static let frames = Key(
    "frames",
    .value(
      .either([.integer(0...Int.max), .list(.integer(0...Int.max), count: 1...20)])),
    default: "after training",
    "epochs after which it is drawn, such as [0, 1, 10, 100]; their weights are kept by the runs")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// When the networks are looked at, in order.
  public let frames: [TrainingMoment]

  /// Whether they are moments of one picture that moves.
  public let isAnimated: Bool

  /// The epochs of its frames but 0, whose weights follow from the seed.
  public var keptEpochs: [Int] {
    frames.compactMap { if case .epoch(let number) = $0, number > 0 { number } else { nil } }
  }

  /// Reads a cell.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(Self.metric)
    by = reader.key(PlotKeys.by)
    let epochs = reader.integers(Self.frames)
    frames = epochs.isEmpty ? [.end] : epochs.map { .epoch($0) }
    isAnimated = reader.flag(PlotKeys.animate)
    if isAnimated, epochs.count < 2 { reader.reportNothingMoves(Self.frames) }
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
