import Tracking

/// The computation graph of networks.
public struct NetworkPlot: Plot {
  /// The name of the kind.
  public static let kind = "network"
  /// On what its values lie.
  public static let axisKind = PlotAxes.none
  /// One line for people.
  public static let summary = "the graph of every network and of its derivatives, with shapes"
  /// The keys beside those that every figure has.
  public static let keys = [graph]
  /// What has to be there before a figure can be made.
  public static let needs = PlotNeeds.configurations

  private static let graph = Key(
    "graph", .value(.word(Part.allCases.map(\.rawValue))), default: "both",
    "the forward graph, that of the derivatives, or both")

  /// Which graphs are drawn.
  public let part: Part

  /// Which graphs are drawn.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case forward, derivatives, both
  }

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) { part = reader.word(Self.graph) ?? .both }
}
