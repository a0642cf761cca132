import Datasets
public import Runs
public import Tracking

/// Confusion matrices of classifiers.
public struct ConfusionPlot: Plot {
  /// The name of the kind.
  public static let kind = "confusion"
  /// On what its values lie.
  public static let axisKind = PlotAxes.names
  /// One line for people.
  public static let summary = "how often classifiers take each class for each class, with recall"
  /// The keys beside those that every figure has.
  public static let keys = [
    BoundaryPlot.metric, PlotKeys.by, DataPart.key, seeds, JudgedKeys.weights,
  ]

  private static let seeds = Key(
    "seeds", .value(.word(["first", "all"])), default: "first",
    "the network of the best configuration's first seed, or the sum over all of its seeds")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a model.
  public let by: SweepKey?
  /// The rows that are asked about; `nil` means the usual ones.
  public let part: DataPart?
  /// Whether the counts of all seeds are added up.
  public let sumsSeeds: Bool
  /// Which weights are asked.
  public let weights: MetricValue

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    part = reader.word(DataPart.key)
    sumsSeeds = reader.text(Self.seeds) == "all"
    weights = reader.word(JudgedKeys.weights) ?? .last
    JudgedKeys.check(reader, part, needsImages: false)
  }
}

/// What figures of a classifier's answers have in common.
enum JudgedKeys {
  static let weights = Key(
    "value", .value(.word(MetricValue.allCases.map(\.rawValue))), default: "last",
    "the weights after the last update, or those of the epoch the objective chose")

  /// Reports data without classes, without images where they are drawn, or without the part.
  static func check(_ reader: PlotKeyReader, _ part: DataPart?, needsImages: Bool) {
    let name = reader.sweep.name
    reader.checkData { shape in
      if shape.classes == nil {
        return (
          "the data of '\(name)' has no classes, so no class is taken for another",
          ["remove the cell, or take data with classes"]
        )
      }
      if needsImages, !shape.isImages {
        return (
          "the rows of '\(name)' are no images",
          ["for the worst rows of other data there is table: worst"]
        )
      }
      return part?.problem(shape, of: name)
    }
  }
}
