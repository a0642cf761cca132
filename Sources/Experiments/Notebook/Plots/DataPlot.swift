import Datasets
import Tracking

/// A look at the data set.
public struct DataPlot: Plot {
  /// The name of the kind.
  public static let kind = "data"
  /// One line for people.
  public static let summary = "the data: classes in the plane, histograms, images of every class"
  /// The keys beside those that every figure has.
  public static let keys = [part]
  /// What has to be there before a figure can be made.
  public static let needs = PlotNeeds.configurations

  private static let part = Key(
    "part", .value(.word(DataPart.allCases.map(\.rawValue))), default: "train",
    "the rows that are drawn")

  /// The rows that are drawn.
  public let part: DataPart

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    let part = reader.word(Self.part, as: DataPart.self) ?? .train
    self.part = part
    let name = reader.sweep.name
    reader.checkData { part.problem($0, of: name) }
  }
}
