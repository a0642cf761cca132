import Datasets
public import Runs
public import Tracking

/// Points of the plane followed through the layers of networks.
public struct StretchPlot: Plot {
  /// The name of the kind.
  public static let kind = "stretch"
  /// One line for people.
  public static let summary = "points of the plane followed through the layers of networks"
  /// The keys beside those that every figure has.
  public static let keys = [BoundaryPlot.metric, PlotKeys.by, at, points, parts, PlotKeys.animate]
  /// What has to be there before a figure can be made.
  public static let needs = PlotNeeds.configurations

  private static let at = Key(
    "at", .value(.word(["start", "end"])), default: "end; start where nothing is trained",
    "the weights before the first update, or after the last")
  private static let points = Key(
    "points", .value(.word(["grid", "data"])), default: "grid; data where they have no target",
    "a grid around the training rows, or the rows themselves")
  private static let parts = Key(
    "parts", .value(.flag), default: "false",
    "whether a linear layer of the plane is taken apart: rotation, scaling, rotation, shift")

  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A row of pictures a value of this key; `nil` means a row a model.
  public let by: SweepKey?
  /// Whether weights are those before the first update; `nil` where the run decides.
  public let isAtStart: Bool?
  /// Whether points are the training rows; `nil` where the data decides.
  public let followsData: Bool?
  /// Whether a linear layer from the plane to the plane is taken apart.
  public let showsParts: Bool
  /// Whether it is one picture in which the points move from layer to layer.
  public let isAnimated: Bool

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    isAtStart = reader.text(Self.at).map { $0 == "start" }
    followsData = reader.text(Self.points).map { $0 == "data" }
    showsParts = reader.flag(Self.parts)
    isAnimated = reader.flag(PlotKeys.animate)
    let name = reader.sweep.name
    reader.checkData { shape in
      shape.features == 2
        ? nil
        : (
          "the data of '\(name)' has \(amount(shape.features)), stretching is drawn of two",
          ["remove the cell, or take data with two features, such as source: cloud"]
        )
    }
  }
}
