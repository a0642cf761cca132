import NeuralNet

/// Layers inside of others that have a name: Labbook calls their parameters by that name alone,
/// PyTorch by the path to them.
struct TorchNames {
  /// What the names of such a layer's parameters begin with, there and here.
  private let moved: [(labbook: String, torch: String)]

  init(_ layers: [LayerSpec], _ graph: Graph) {
    let names = (graph.parameters + graph.buffers).map(\.name)
    moved = Self.moved(layers, labbook: "", torch: "").filter { layer in
      names.contains { $0.hasPrefix(layer.labbook) }
    }
  }

  private static func moved(_ layers: [LayerSpec], labbook: String, torch: String)
    -> [(labbook: String, torch: String)]
  {
    layers.enumerated().flatMap { index, layer in
      let own = (layer.name ?? labbook + String(index)) + "."
      let path = torch + (layer.name ?? String(index)) + "."
      if !layer.layers.isEmpty { return Self.moved(layer.layers, labbook: own, torch: path) }
      return own == path ? [] : [(labbook: own, torch: path)]
    }
  }

  /// The name that a parameter has in the program.
  func name(of parameter: String) -> String {
    guard let layer = moved.first(where: { parameter.hasPrefix($0.labbook) }) else {
      return parameter
    }
    return layer.torch + parameter.dropFirst(layer.labbook.count)
  }

  /// The function `renamed(weights)`; `nil` where all names are the same.
  var code: String? {
    if moved.isEmpty { return nil }
    let names = moved.map {
      "        \(PythonText.quoted($0.labbook)): \(PythonText.quoted($0.torch)),"
    }
    return """
      def renamed(weights):
          \"""Weights by the names they have here: Labbook calls a layer by its own name alone.\"""
          names = {
      \(names.joined(separator: "\n"))
          }
          for own, path in names.items():
              weights = {
                  path + name[len(own):] if name.startswith(own) else name: tensor
                  for name, tensor in weights.items()
              }
          return weights
      """
  }
}
