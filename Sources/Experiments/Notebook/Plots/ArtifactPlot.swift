import FileLanguage
public import Runs
public import Tracking

/// Pictures that the runs of programs wrote themselves, one beside the other.
public struct ArtifactPlot: Plot {
  /// The name of the kind.
  public static let kind = "artifact"
  /// One line for people.
  public static let summary = "a picture that runs of a program wrote: PNG, JPEG or SVG"
  /// The keys beside those that every figure has.
  public static let keys = [artifact, BoundaryPlot.metric, by]

  private static let artifact = Key(
    "artifact", .value(.text), isRequired: true,
    "the picture's name in the run's folder, such as samples.png")
  private static let by = Key(
    "by", .value(PlotKeys.keyOrKeys), default: "a picture a run",
    "a key, or several together: a picture a value, of its best configuration's first run")

  /// Pictures have no axes.
  public static let axisKind = PlotAxes.none
  /// How many there are is bounded by the sheet.
  public static let hasTop = false
  /// It asks for files of runs alone.
  public static let looksIntoNetworks = false

  /// The name of the file, relative to the folder that a run is given.
  public let artifact: String
  /// What chooses a group's best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A picture a value of this key; `nil` means a picture a run.
  public let by: SweepKey?

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    let artifact = reader.text(Self.artifact)
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    for format in reader.texts(LookKeys.format) where format.text != PictureFormat.svg.rawValue {
      reader.problems.report(
        format.mark, "pictures that runs wrote are put on a sheet, which is an SVG",
        ["write format: svg, or leave the key out"])
    }
    let networks = reader.sweep.configurations.filter { $0.network != nil }
    if !networks.isEmpty, networks.count == reader.sweep.configurations.count {
      reader.problems.report(
        reader.mark, "the runs of '\(reader.sweep.name)' are networks, which write no pictures",
        ["pictures of networks are drawn by plot: weights, images, boundary and others"])
    }
    guard let artifact else { return nil }
    self.artifact = artifact
  }
}
