public import Tracking

/// What a cell, a command or a file says of a figure's looks, whatever the figure shows.
public struct FigureLook: Hashable, Sendable {
  /// What bands around means reach over; `nil` leaves it to the figure.
  public var band: SeedBand?
  /// The width of the picture, in points.
  public var width: Double?
  /// The height of the picture, in points.
  public var height: Double?
  /// The size of axis labels, in points.
  public var fontSize: Double?
  /// Pixels to the inch.
  public var dotsPerInch: Double?
  /// What is shown of the horizontal axes.
  public var xRange: ClosedRange<Double>?
  /// What is shown of the vertical axes.
  public var yRange: ClosedRange<Double>?
  /// What stands along the horizontal axes.
  public var xLabel: String?
  /// What stands along the vertical axes.
  public var yLabel: String?
  /// Whether there is no legend.
  public var hasNoLegend = false
  /// Whether nothing stands above it.
  public var hasNoTitle = false
  /// The colours it is drawn in; `nil` means light files, and pages in the reader's own.
  public var theme: PictureTheme?
  /// The file formats; empty means SVG.
  public var formats: [PictureFormat] = []
  /// How many groups, or configurations, are drawn, the best ones; `nil` means all.
  public var top: Int?

  /// Whether the picture is asked to be as narrow as a column of a paper.
  public var isNarrow: Bool { width.map { $0 < 12 * 72 / 2.54 } ?? false }

  /// Leaves everything to the figure.
  public init() {}

  /// What holds where this is said over something more general.
  func over(_ usual: FigureLook) -> FigureLook {
    var look = self
    look.band = band ?? usual.band
    look.width = width ?? usual.width
    look.height = height ?? usual.height
    look.fontSize = fontSize ?? usual.fontSize
    look.dotsPerInch = dotsPerInch ?? usual.dotsPerInch
    look.theme = theme ?? usual.theme
    if formats.isEmpty { look.formats = usual.formats }
    return look
  }
}

/// On what a figure's values lie.
public enum PlotAxes: Hashable, Sendable {
  /// Axes of numbers, whose ranges can be chosen.
  case numbers
  /// Axes of names.
  case names
  /// No axes.
  case none
}

/// The keys of looks.
enum LookKeys {
  static let width = Key("width", .value(.text), default: "what the figure needs", lengthSummary)
  static let height = Key(
    "height", .value(.text), default: "what the figure needs",
    "of the picture, such as 6cm, 2.4in or 400px")
  private static let lengthSummary = "of the picture, such as 8cm, 3.3in or 600px"

  static let fontSize = Key(
    "font_size", .value(.number(NumberRange(4, 72))),
    default: "9; less in a narrow picture, 8 at least",
    "points of axis labels, by which all other text goes")
  static let dotsPerInch = Key(
    "dpi", .value(.number(NumberRange(36, 1200))), default: "192",
    "pixels to the inch of PNG pictures")
  static let band = Key(
    "band", .value(.word(SeedBand.allCases.map(\.rawValue))), default: "std",
    "what bands around means reach over; on a logarithmic axis std, sem and ci of the logarithm")
  static let format = Key(
    "format",
    .value(
      .either([
        .word(PictureFormat.allCases.map(\.rawValue)),
        .list(.word(PictureFormat.allCases.map(\.rawValue)), count: 1...3),
      ])), default: "svg", "the picture's file formats")
  static let theme = Key(
    "theme", .value(.word(PictureTheme.allCases.map(\.rawValue))),
    default: "light; on pages the reader's own", "dark on light, or light on dark")
  static let xRange = range("x")
  static let yRange = range("y")
  static let xLabel = Key("x_label", .value(.text), "what stands along the horizontal axes")
  static let yLabel = Key("y_label", .value(.text), "what stands along the vertical axes")
  static let legend = Key("legend", .value(.flag), default: "true", "whether there is a legend")
  static let top = Key(
    "top", .value(.integer(1...1_000_000)), default: "all",
    "how many groups (of parallel: configurations) are drawn, the best ones")

  private static func range(_ axis: String) -> Key {
    Key(
      axis + "_range", .value(.list(.number(.any), count: 2...2)), default: "what there is",
      "what is shown of the \(axis == "x" ? "horizontal" : "vertical") axes, such as [0, 1]")
  }

  /// Those of the whole file, under `figures:`.
  static let ofFile = [width, height, fontSize, band, theme, format, dotsPerInch]

  /// Those of a figure's cell.
  static func keys(of kind: any Plot.Type) -> [Key] {
    var keys = [format, theme, width, height, fontSize, dotsPerInch]
    if kind.hasBands { keys.append(band) }
    if kind.axisKind == .numbers { keys += [xRange, yRange] }
    if kind.axisKind != .none { keys += [xLabel, yLabel] }
    keys.append(legend)
    if kind.hasTop { keys.append(top) }
    return keys
  }
}
