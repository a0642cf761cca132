/// The kinds of figures.
public enum Plots {
  /// Every kind, in the order of the documentation.
  public static let all: [any Plot.Type] = [
    CurvesPlot.self, FinalPlot.self, HeatMapPlot.self, BoundaryPlot.self, FitPlot.self,
    ParallelPlot.self, ImportancePlot.self, DataPlot.self, ConfusionPlot.self, ImagesPlot.self,
    WeightsPlot.self, GradientsPlot.self, LayersPlot.self, LandscapePlot.self, StretchPlot.self,
    FunctionPlot.self, NetworkPlot.self,
  ]

  /// The names of all kinds.
  public static var names: [String] { all.map { $0.kind } }

  /// The kind of a name.
  public static func kind(_ name: String) -> (any Plot.Type)? { all.first { $0.kind == name } }

  /// The keys that some kind of figure has.
  static var keyNames: Set<String> { Set(all.flatMap { $0.allKeys.map(\.name) }) }
}
