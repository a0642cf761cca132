import Tracking

/// Turns a list of layers into nodes, collecting every error on the way.
struct GraphBuilder {
  var errors: [GraphError] = []
  var layers: [LayerSummary] = []
  var nodes: [Graph.Node] = []
  /// The shape of every value; value 0 is the input.
  var shapes: [Shape]
  private var parameters: [ParameterTensor] = []
  private var names: Set<String> = []
  private var parameterCount = 0

  init(input: Shape) { shapes = [input] }

  mutating func add(_ specs: [LayerSpec]) {
    for (index, spec) in specs.enumerated() {
      guard add(spec, at: [index]) else { return }
    }
  }

  /// Adds one layer behind the last value; `false` where what follows has nothing to stand on.
  private mutating func add(_ spec: LayerSpec, at place: [Int]) -> Bool {
    guard isThere(spec, at: place), let module = Layers.module(spec.kind) else { return false }
    checkName(spec.name, at: place)
    let inputs = [shapes.count - 1]
    let inputShapes = inputs.map { shapes[$0] }
    let output: Shape
    do throws(ShapeMismatch) { output = try module.outputShape(of: inputShapes) } catch {
      errors.append(GraphError(layer: place, message: error.message, hint: error.hint))
      return false
    }
    let name = spec.name ?? place.map(String.init).joined(separator: ".")
    let declared = module.parameters(for: inputShapes)
    guard countParameters(declared, at: place) else { return false }
    let first = parameters.count
    parameters += declared.map { tensor($0, of: name, layer: layers.count) }
    nodes.append(
      Graph.Node(
        module: module, inputs: inputs, inputShapes: inputShapes, outputShape: output,
        parameters: Array(first..<parameters.count), stream: nodes.count))
    layers.append(
      LayerSummary(
        place: place, name: name, kind: spec.kind.name, output: output,
        parameterCount: declared.reduce(0) { $0 + $1.shape.count }))
    shapes.append(output)
    return true
  }

  private mutating func isThere(_ spec: LayerSpec, at place: [Int]) -> Bool {
    let missing =
      if Layers.later.contains(spec.kind.name) { spec.kind.name } else if spec.inputs != nil {
        "from"
      } else if spec.share != nil { "share" } else { String?.none }
    guard let missing else { return true }
    errors.append(GraphError(layer: place, message: "'\(missing)' is not there yet"))
    return false
  }

  private mutating func checkName(_ name: String?, at place: [Int]) {
    guard let name else { return }
    if name == "input" || name.isEmpty || name.contains(".") || Int(name) != nil {
      errors.append(
        GraphError(
          layer: place, message: "'\(name)' cannot be the name of a layer",
          hint: "a name has no dot, is not a number and is not 'input'"))
    } else if !names.insert(name).inserted {
      errors.append(GraphError(layer: place, message: "two layers have the name '\(name)'"))
    }
  }

  private mutating func countParameters(_ declared: [ParameterDeclaration], at place: [Int])
    -> Bool
  {
    for declaration in declared {
      let (count, overflow) = declaration.shape.sizes.reduce((1, false)) {
        let (product, overflow) = $0.0.multipliedReportingOverflow(by: $1)
        return (product, $0.1 || overflow)
      }
      guard !overflow, count <= Graph.mostParameters - parameterCount else {
        errors.append(
          GraphError(
            layer: place,
            message: "the network would have more than \(Graph.mostParameters) parameters here",
            hint: "use fewer or smaller layers"))
        return false
      }
      parameterCount += count
    }
    return true
  }

  private func tensor(_ declaration: ParameterDeclaration, of name: String, layer: Int)
    -> ParameterTensor
  {
    ParameterTensor(
      name: name + "." + declaration.name, shape: declaration.shape, isBias: declaration.isBias,
      fanIn: declaration.fanIn, fanOut: declaration.fanOut, gain: 1, layer: layer)
  }

  /// The parameters, each with the gain of the first deciding module behind its layer.
  func parametersWithGain() -> [ParameterTensor] {
    parameters.map { tensor in
      let gain = nodes[(tensor.layer + 1)...].lazy.compactMap { $0.module.gain }.first ?? 1
      return ParameterTensor(
        name: tensor.name, shape: tensor.shape, isBias: tensor.isBias, fanIn: tensor.fanIn,
        fanOut: tensor.fanOut, gain: gain, layer: tensor.layer)
    }
  }
}
