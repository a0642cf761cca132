import NeuralNet
import Tracking

/// A network as Python code whose parameters have Labbook's names.
struct TorchNetwork {
  private let layers: [LayerSpec]
  private let graph: Graph
  private let inputs: [[Int]: Shape]

  /// - Throws: `LabbookError` where the layers do not fit.
  init(_ layers: [LayerSpec], input: Shape) throws(LabbookError) {
    self.layers = layers
    do throws(GraphErrors) { graph = try Graph(layers, input: input) } catch {
      throw .input("The network does not fit its data: \(error)")
    }
    var inputs: [[Int]: Shape] = [:]
    for node in graph.nodes { inputs[graph.layers[node.layer].place] = node.inputShapes[0] }
    self.inputs = inputs
  }

  /// Classes and the function `make_network`.
  func code() throws(LabbookError) -> String {
    var blocks: [String] = []
    if uses("prototypes", in: layers) { blocks.append(Self.prototypes) }
    if uses("residual", in: layers) { blocks.append(Self.residual) }
    if isChain(layers) {
      blocks.append(
        "def make_network():\n    return "
          + PythonText.indented(sequence("nn.Sequential", layers, []))
          .drop { $0 == " " })
    } else {
      blocks.append(try graphClass())
      blocks.append("def make_network():\n    return Network()")
    }
    return blocks.joined(separator: "\n\n\n")
  }

  private static let prototypes = """
    class Prototypes(nn.Module):
        \"""Minus the squared distance to each of n trainable points.\"""

        def __init__(self, count, features):
            super().__init__()
            bound = features ** -0.5
            self.weight = nn.Parameter(torch.empty(count, features).uniform_(-bound, bound))

        def forward(self, x):
            return -((x[:, None] - self.weight) ** 2).sum(2)
    """

  private static let residual = """
    class Residual(nn.Sequential):
        \"""Adds what its layers make of their input to that input.\"""

        def forward(self, x):
            return x + super().forward(x)
    """

  private func uses(_ kind: String, in layers: [LayerSpec]) -> Bool {
    layers.contains { $0.kind.name == kind || uses(kind, in: $0.layers) }
  }

  /// Whether every layer reads the one before it.
  private func isChain(_ layers: [LayerSpec]) -> Bool {
    layers.allSatisfy { layer in
      layer.inputs == nil && layer.share == nil && layer.kind.list("inputs") == nil
        && isChain(layer.layers)
    }
  }

  /// Layers one after the other.
  private func sequence(_ function: String, _ layers: [LayerSpec], _ outer: [Int]) -> String {
    var entries: [(name: String, code: String)] = []
    for (index, spec) in layers.enumerated() {
      let place = outer + [index]
      let layer = TorchLayer(spec: spec, input: inputs[place] ?? graph.input)
      if layer.needsFlattening {
        entries.append(("flatten\(index == 0 ? "" : "_\(index)")", "nn.Flatten()"))
      }
      entries.append((spec.name ?? String(index), module(layer, place)))
    }
    let isNumbered = entries.enumerated().allSatisfy { $1.name == String($0) }
    let lines = entries.map { entry in
      isNumbered ? entry.code : "(\(PythonText.quoted(entry.name)), \(entry.code))"
    }
    let body = lines.map { PythonText.indented($0) + ",\n" }.joined()
    return isNumbered ? "\(function)(\n\(body))" : "\(function)(OrderedDict([\n\(body)]))"
  }

  private func module(_ layer: TorchLayer, _ place: [Int]) -> String {
    layer.module ?? sequence("Residual", layer.spec.layers, place)
  }
}

// Graphs.
extension TorchNetwork {
  /// A module with every layer under its name, and `forward` in an order in which values are there.
  private func graphClass() throws(LabbookError) -> String {
    var entries: [String] = []
    var lines: [String] = []
    for index in order {
      let spec = layers[index]
      guard isChain(spec.layers) else {
        throw .input("a residual whose layers read others by name cannot be written for PyTorch")
      }
      for name in namesRead(by: index) where name != "input" && place(named: name) == nil {
        throw .input(
          "'\(name)' stands inside a residual: that another layer reads or shares it cannot be "
            + "written for PyTorch")
      }
      let owner = spec.share.flatMap(place) ?? index
      let layer = TorchLayer(spec: spec, input: inputs[[owner]] ?? graph.input)
      let read = sources(of: index).map { $0.map(variable) ?? "x" }
      var code = TorchLayer.joined(spec.kind.name, read)
      if code == nil {
        let name = spec.share ?? spec.name ?? String(index)
        if spec.share == nil {
          entries.append("\(PythonText.quoted(name)): \(module(layer, [index])),")
        }
        code =
          "self[\(PythonText.quoted(name))](\(read[0])\(layer.needsFlattening ? ".flatten(1)" : ""))"
      }
      lines.append("\(variable(index)) = \(code ?? "")")
    }
    lines.append("return \(variable(layers.count - 1))")
    return """
      class Network(nn.ModuleDict):
          def __init__(self):
              super().__init__({
      \(PythonText.indented(entries.joined(separator: "\n"), by: 12))
              })

          def forward(self, x):
      \(PythonText.indented(lines.joined(separator: "\n"), by: 8))
      """
  }

  /// The layers of the list in an order in which each comes after those it reads.
  private var order: [Int] {
    var order: [Int] = []
    var seen: Set<Int> = []
    var waiting = Array(layers.indices.reversed())
    while let index = waiting.last {
      let missing = sources(of: index).compactMap { $0 }.filter { !seen.contains($0) }
      if missing.isEmpty {
        waiting.removeLast()
        if seen.insert(index).inserted { order.append(index) }
      } else {
        waiting += missing
      }
    }
    return order
  }

  /// The layers that one reads; `nil` is the network's input.
  private func sources(of index: Int) -> [Int?] {
    let names = layers[index].inputs ?? layers[index].kind.list("inputs")?.map(\.display)
    guard let names else { return [index == 0 ? nil : index - 1] }
    return names.map(place)
  }

  /// The layers that one reads or shares by name.
  private func namesRead(by index: Int) -> [String] {
    let spec = layers[index]
    let read = spec.inputs ?? spec.kind.list("inputs")?.map(\.display) ?? []
    return read + (spec.share.map { [$0] } ?? [])
  }

  private func place(named name: String) -> Int? { layers.firstIndex { $0.name == name } }

  private func variable(_ index: Int) -> String { "h\(index)" }
}
