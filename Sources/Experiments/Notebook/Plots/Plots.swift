/// The kinds of figures.
public enum Plots {
  /// Every kind, in the order of the documentation.
  public static let all: [any Plot.Type] = [
    CurvesPlot.self, FinalPlot.self, HeatMapPlot.self, BoundaryPlot.self, FitPlot.self,
    ParallelPlot.self, ImportancePlot.self,
  ]

  /// Figures of the format that this version does not have.
  static let later: [String] = [
    "confusion", "images", "data", "weights", "gradients", "landscape",
    "layers", "stretch", "function", "network",
  ]

  /// The names of all kinds.
  public static var names: [String] { all.map { $0.kind } }

  /// The kind of a name.
  public static func kind(_ name: String) -> (any Plot.Type)? { all.first { $0.kind == name } }

  /// The keys that some kind of figure has.
  static var keyNames: Set<String> { Set(all.flatMap { $0.allKeys.map(\.name) }) }
}
