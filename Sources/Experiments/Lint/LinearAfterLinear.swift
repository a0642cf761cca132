import NeuralNet
import Tracking

/// Two linear layers with nothing between them that bends.
///
/// A layer narrower than both what comes in and what goes out is a bottleneck, which does limit the
/// map; nothing is said of it.
enum LinearAfterLinear: LintRule {
  static let name = "linear-after-linear"
  static let reason =
    "a linear map of a linear map is one linear map, so the two can draw no more than one of them"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.networks.flatMap { network, mark -> [Finding] in
      guard let graph = try? Graph(network.layers, input: Shape(network.input)) else { return [] }
      let sizes = Dictionary(
        graph.layers.map { ($0.place, $0.output.count) }, uniquingKeysWith: { first, _ in first })
      return places(network.layers, [], input: graph.input.count, sizes).map { place in
        Finding(
          mark: mark(place), message: "two linear layers have nothing between them",
          fix: "put an activation such as relu before this layer, or make the two one")
      }
    }
  }

  private static func isLinear(_ layer: LayerSpec) -> Bool {
    Layers.role(layer.kind.name) == .affine
  }

  /// Whether a layer leaves a linear map linear.
  private static func isTransparent(_ layer: LayerSpec) -> Bool {
    Layers.role(layer.kind.name) == .still
  }

  /// The places of linear layers that read a linear layer.
  private static func places(
    _ layers: [LayerSpec], _ outer: [Int], input: Int, _ sizes: [[Int]: Int]
  ) -> [[Int]] {
    var found: [[Int]] = []
    for (index, layer) in layers.enumerated() {
      let own = outer + [index]
      let before = index == 0 ? input : sizes[outer + [index - 1]] ?? input
      found += places(layer.layers, own, input: before, sizes)
      guard isLinear(layer), layer.inputs == nil,
        let first = source(of: index, in: layers), isReadOnce(first, in: layers)
      else { continue }
      let enters = first == 0 ? input : sizes[outer + [first - 1]] ?? input
      let between = sizes[outer + [first]] ?? 0
      if between >= min(enters, sizes[own] ?? 0) { found.append(own) }
    }
    return found
  }

  /// The linear layer right before one, past what leaves it linear.
  private static func source(of index: Int, in layers: [LayerSpec]) -> Int? {
    var place = index - 1
    while place >= 0, isTransparent(layers[place]), layers[place].inputs == nil,
      layers[place].name == nil
    { place -= 1 }
    return place >= 0 && isLinear(layers[place]) ? place : nil
  }

  /// Whether no other layer reads one by its name.
  private static func isReadOnce(_ index: Int, in layers: [LayerSpec]) -> Bool {
    guard let name = layers[index].name else { return true }
    return !layers.contains { layer in
      layer.inputs?.contains(name) == true || layer.sourceNames?.contains(name) == true
    }
  }
}
