/// The kinds of figures.
public enum Plots {
  /// Every kind as a type, in the order of the documentation.
  public static let kinds = PlotKinds(
    CurvesPlot.self, FinalPlot.self, HeatMapPlot.self, BoundaryPlot.self, FitPlot.self,
    ParallelPlot.self, ImportancePlot.self, DataPlot.self, ConfusionPlot.self, ImagesPlot.self,
    WeightsPlot.self, GradientsPlot.self, LayersPlot.self, LandscapePlot.self, StretchPlot.self,
    FunctionPlot.self, NetworkPlot.self, ArtifactPlot.self)

  /// Every kind, in the same order.
  public static let all = kinds.types

  /// The names of all kinds.
  public static var names: [String] { all.map { $0.kind } }

  /// The names of the kinds that ask for metrics alone, so that runs of any kind can be drawn.
  static var ofMetrics: [String] {
    all.filter { $0.needs != .nothing && !$0.looksIntoNetworks }.map { $0.kind }
  }

  /// The kind of a name.
  public static func kind(_ name: String) -> (any Plot.Type)? { all.first { $0.kind == name } }

  /// The keys that some kind of figure has.
  static var keyNames: Set<String> { Set(all.flatMap { $0.allKeys.map(\.name) }) }
}

/// A list of kinds whose types the compiler knows, so that another room can ask something of every
/// one of them: `extension PlotKinds where repeat each Kind: Picture` does not compile with a kind
/// that is no picture.
public struct PlotKinds<each Kind: Plot>: Sendable {
  /// Makes the list.
  public init(_: repeat (each Kind).Type) {}

  /// The kinds in order.
  public var types: [any Plot.Type] {
    var types: [any Plot.Type] = []
    repeat types.append((each Kind).self)
    return types
  }
}
