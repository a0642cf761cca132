import NeuralNet
import Tracking

/// Activations and their derivatives.
public struct FunctionPlot: Plot {
  /// The name of the kind.
  public static let kind = "function"
  /// One line for people.
  public static let summary = "activations and their derivatives; speaks of no sweep"
  /// The keys beside those that every figure has.
  public static let keys = [of, x]
  /// What has to be there before a figure can be made.
  public static let needs = PlotNeeds.nothing

  private static let names = Setting.Kind.word(ActivationCurve.all.map(\.name))
  private static let of = Key(
    "of", .value(.either([names, .list(names, count: 1...60)])), isRequired: true,
    "the functions, such as [sigmoid, tanh, relu, softplus]")
  private static let x = Key(
    "x", .value(.list(.number(.any), count: 2...2)), default: "[-5, 5]", "the interval")

  /// The names of the functions, in order.
  public let functions: [String]
  /// The interval drawn.
  public let range: ClosedRange<Double>

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    functions = reader.texts(Self.of).map(\.text)
    range = reader.interval(Self.x) ?? -5...5
    if functions.isEmpty { return nil }
  }
}
