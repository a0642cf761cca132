import Datasets
public import Runs
public import Tracking

/// Networks of one feature that predict a number, over an interval.
public struct FitPlot: Plot {
  /// The name of the kind.
  public static let kind = "fit"
  /// One line for people.
  public static let summary = "predictions of networks of one feature, mean and band over the seeds"
  /// The keys only this kind has.
  public static let keys = [BoundaryPlot.metric, PlotKeys.by, x, at, factor]

  private static let x = Key(
    "x", .value(.list(.number(.any), count: 2...2)), default: "that of the data",
    "the interval, such as [-4, 4]")

  private static let at = Key(
    "at",
    .value(.either([.word(["0", "end"]), .list(.word(["0", "end"]), count: 1...2)])),
    default: "end", "0 for before training, end, or a list of both")
  private static let factor = Key(
    "std_factor", .value(.number(.positive)), default: "1",
    "how many deviations the band reaches from the mean")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// The interval drawn; `nil` means that of the data.
  public let range: ClosedRange<Double>?
  /// When the networks are asked, in order.
  public let moments: [TrainingMoment]
  /// How many deviations the band reaches from the mean.
  public let factor: Double

  /// Reads a cell.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    range = reader.interval(Self.x)
    let moments = reader.texts(Self.at).map { $0.text == "end" ? TrainingMoment.end : .epoch(0) }
    self.moments = moments.isEmpty ? [.end] : moments
    factor = reader.number(Self.factor) ?? 1
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
