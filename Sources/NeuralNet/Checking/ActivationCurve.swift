public import Tracking

/// A function of each number by itself with its derivative, computed by the module's own forward and
/// backward passes in double precision.
public struct ActivationCurve: Hashable, Sendable {
  /// f(x) at each place.
  public let values: [Double]
  /// df/dx at each place, as backward computes it.
  public let slopes: [Double]

  /// Kinds of layers that are functions of each number by itself.
  public static let all: [Choice] = Layers.types.filter { $0.role.isActivation }.map { $0.choice }

  /// Asks a module at some places.
  ///
  /// - Parameter chosen: a checked choice of `all`.
  public init(_ chosen: Chosen, at places: [Double]) {
    guard let module = Layers.module(chosen), !places.isEmpty else {
      values = []
      slopes = []
      return
    }
    let one = Shape(1)
    let node = Graph.Node(
      module: module, inputs: [0], inputShapes: [one], outputShape: one, parameters: [],
      buffers: [], layer: 0, stream: 0)
    let probe = ModuleProbe(node, buffers: [], arguments: [places], rows: places.count, seed: 0)
    values = probe.output()
    slopes = probe.gradients(Array(repeating: 1, count: places.count)).first ?? []
  }
}
