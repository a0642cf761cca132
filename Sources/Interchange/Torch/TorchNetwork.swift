import NeuralNet
import Tracking

/// A network as Python code whose parameters have Labbook's names.
struct TorchNetwork {
  private let layers: [LayerSpec]
  /// What the layer at each place is.
  private let forms: [[Int]: TorchLayer]

  /// - Throws: `LabbookError` where the layers do not fit, or PyTorch has nothing like one of them.
  init(_ layers: [LayerSpec], input: Shape) throws(LabbookError) {
    self.layers = layers
    let graph: Graph
    do throws(GraphErrors) { graph = try Graph(layers, input: input) } catch {
      throw .input("The network does not fit its data: \(error)")
    }
    var forms: [[Int]: TorchLayer] = [:]
    for node in graph.nodes {
      let layer = graph.layers[node.layer]
      do throws(MissingForm) {
        forms[layer.place] = try node.module.torch(for: node.inputShapes)
      } catch {
        throw .input(
          "PyTorch has nothing for the layer '\(layer.name)' (\(layer.kind)): \(error.reason)")
      }
    }
    self.forms = forms
  }

  /// Classes and the function `make_network`.
  func code() throws(LabbookError) -> String {
    let classes = Set(forms.values.compactMap(\.definition))
    var blocks = classes.sorted { $0.name < $1.name }.map(\.code)
    if isChain(layers) {
      let body = sequence("nn.Sequential", layers, [])
      blocks.append(
        "def make_network():\n    return " + PythonText.indented(body).drop { $0 == " " })
    } else {
      blocks.append(try graphClass())
      blocks.append("def make_network():\n    return Network()")
    }
    return blocks.joined(separator: "\n\n\n")
  }

  /// Whether every layer reads the one before it.
  private func isChain(_ layers: [LayerSpec]) -> Bool {
    layers.allSatisfy { layer in
      layer.sourceNames == nil && layer.share == nil
        && isChain(layer.layers)
    }
  }

  /// Layers one after the other.
  private func sequence(_ function: String, _ layers: [LayerSpec], _ outer: [Int]) -> String {
    var entries: [(name: String, code: String)] = []
    for (index, spec) in layers.enumerated() {
      let place = outer + [index]
      if flattens(place) {
        let flatten = TorchCall("nn.Flatten").text
        entries.append(("flatten\(index == 0 ? "" : "_\(index)")", flatten))
      }
      entries.append((spec.name ?? String(index), module(spec, place)))
    }
    let isNumbered = entries.enumerated().allSatisfy { $1.name == String($0) }
    let lines = entries.map { entry in
      isNumbered ? entry.code : "(\(PythonText.quoted(entry.name)), \(entry.code))"
    }
    let body = lines.map { PythonText.indented($0) + ",\n" }.joined()
    return isNumbered ? "\(function)(\n\(body))" : "\(function)(OrderedDict([\n\(body)]))"
  }

  private func module(_ spec: LayerSpec, _ place: [Int]) -> String {
    switch forms[place] {
    case .module(let call, _, _)?: call.text
    case .sequence(let definition)?: sequence(definition.name, spec.layers, place)
    case .expression?, nil: preconditionFailure("layer \(place) is no module of its own")
    }
  }

  /// Whether what a layer reads has to be made a row first.
  private func flattens(_ place: [Int]) -> Bool {
    if case .module(_, let flattens, _)? = forms[place] { flattens } else { false }
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
      let owner = [spec.share.flatMap(place) ?? index]
      let read = sources(of: index).map { $0.map(variable) ?? "x" }
      let code: String
      if case .expression(let joined)? = forms[owner] {
        code = joined(read)
      } else {
        let name = PythonText.quoted(spec.share ?? spec.name ?? String(index))
        if spec.share == nil { entries.append("\(name): \(module(spec, owner)),") }
        code = "self[\(name)](\(read[0])\(flattens(owner) ? ".flatten(1)" : ""))"
      }
      lines.append("\(variable(index)) = \(code)")
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
    guard let names = layers[index].sourceNames else { return [index == 0 ? nil : index - 1] }
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
