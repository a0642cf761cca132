import Tracking

/// The kinds of cells a notebook may have, with their keys.
enum CellKeys {
  static let all: [CellKind] = [
    CellKind("text", keys: [Key("text", .value(.text), isRequired: true, "Markdown")], "prose"),
    CellKind(
      "sweep",
      keys: [Key("sweep", .value(.text), isRequired: true, "its name in the store")]
        + SweepKeys.all,
      "runs to be made"),
    CellKind("plot", keys: [plotKind] + plot, "a figure"),
    CellKind("table", keys: [tableKind] + table, "a table"),
    CellKind("claim", keys: claim, "a sentence that results have to hold"),
  ]

  static let claim = [
    Key("claim", .value(.text), isRequired: true, "the sentence, as Markdown"),
    Key(
      "that", .value(.text), isRequired: true,
      "what has to hold, such as mean(val/loss, lr < 0.1) < 0.5"),
  ]

  static let plotKind = Key(
    "plot", .value(.word(PlotCell.Kind.allCases.map(\.rawValue))), isRequired: true,
    "what it shows")

  /// Figures of the format that this version does not have.
  static let laterPlots = [
    "parallel", "importance", "confusion", "images", "data", "weights", "gradients", "landscape",
    "layers", "stretch", "function", "network",
  ]

  static let tableKind = Key(
    "table", .value(.word(TableCell.Kind.allCases.map(\.rawValue))), isRequired: true,
    "what it lists")

  /// Tables of the format that this version does not have.
  static let laterTables = ["worst", "confusion"]

  private static let sweep = Key(
    "sweep", .value(.text), default: "the nearest above", "the sweep it speaks of")
  private static let title = Key("title", .value(.text), "what stands above it")
  private static let value = Key(
    "value", .value(.word(MetricValue.allCases.map(\.rawValue))),
    default: "last; for the best table best",
    "the metric's final value, or that of the epoch the objective chose")
  private static let metric = Key("metric", .value(.text), "a metric, such as val/loss")
  private static let by = Key("by", .value(.text), "a key: its values have a colour each")

  static let plot: [Key] = [
    sweep,
    Key(
      "metric", .value(.either([.text, .list(.text, count: 1...20)])), default: "loss and accuracy",
      "a metric, such as val/loss; curves take a list too"),
    by,
    Key(
      "x", .value(.either([.text, .list(.number(.any), count: 2...2)])),
      "the key along the x axis; for fit the interval, such as [-4, 4]"),
    Key("y", .value(.text), "the key along the y axis of a heatmap"),
    Key(
      "axis", .value(.word(PlotCell.CurveAxis.allCases.map(\.rawValue))), default: "epoch",
      "what curves run along"),
    Key(
      "log",
      .value(
        .orOff(.either([.flag, .word(["x", "y"]), .list(.word(["x", "y"]), count: 1...2)]))),
      default: "by the values", "logarithmic axes: x, y, [x, y] or none; true is y"),
    value, title,
    Key("name", .value(.text), default: "<sweep>-<kind>", "the picture's file name"),
    Key(
      "format",
      .value(
        .either([
          .word(PictureFormat.allCases.map(\.rawValue)),
          .list(.word(PictureFormat.allCases.map(\.rawValue)), count: 1...3),
        ])), default: "svg", "the picture's file formats"),
  ]

  /// The keys each kind of figure takes beside `plot`.
  static func keys(of kind: PlotCell.Kind) -> [String] {
    let always = ["sweep", "title", "name", "format"]
    switch kind {
    case .curves: return always + ["metric", "by", "axis", "log"]
    case .final: return always + ["metric", "x", "by", "log", "value"]
    case .heatmap: return always + ["metric", "x", "y", "log", "value"]
    case .boundary: return always + ["metric", "by"]
    case .fit: return always + ["metric", "by", "x"]
    }
  }

  static let table: [Key] = [
    sweep, metric,
    Key(
      "show", .value(.either([.text, .list(.text, count: 0...50)])),
      "further metrics and columns, such as [test/accuracy, duration_s]"),
    by,
    Key("against", .value(.text), "the value of 'by' that a comparison is with"),
    value, title,
  ]

  /// The keys each kind of table takes beside `table`.
  static func keys(of kind: TableCell.Kind) -> [String] {
    let always = ["sweep", "metric", "by", "value", "title"]
    switch kind {
    case .best: return always + ["show"]
    case .compare: return always + ["against"]
    }
  }
}
