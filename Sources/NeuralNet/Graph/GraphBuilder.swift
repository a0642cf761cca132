import Tracking

/// Turns wired layers into nodes: shapes, parameters, names of tensors, collecting every error.
struct GraphBuilder {
  private(set) var errors: [GraphError]
  /// The nodes in the order in which they run.
  private(set) var nodes: [Graph.Node] = []
  private(set) var buffers: [ParameterTensor] = []
  private var parameters: [ParameterTensor] = []
  private let layers: [WiredLayer]
  private let input: Shape
  /// What is known of each layer of the flattened list.
  private var made: [Made?]
  private var parameterCount = 0

  private struct Made {
    let module: any Module
    let inputShapes: [Shape]
    let output: Shape
    let parameters: [ParameterDeclaration]
    let buffers: [ParameterDeclaration]
  }

  init(_ layers: [WiredLayer], input: Shape, errors: [GraphError]) {
    self.layers = layers
    self.input = input
    self.errors = errors
    made = Array(repeating: nil, count: layers.count)
  }

  /// Builds the layers in an order in which each comes after those it reads.
  mutating func build(_ order: [Int]) {
    for index in order { made[index] = make(layers[index]) }
    for (index, layer) in layers.enumerated() { checkSharing(layer, index) }
    errors.sort { $0.layer.lexicographicallyPrecedes($1.layer) }
    guard errors.isEmpty else { return }
    let owned = declareTensors()
    var values: [WiredLayer.Source: Int] = [.input: 0]
    for index in order {
      let layer = layers[index]
      guard let made = made[index], let source = layer.sources.first else { continue }
      if layer.isDuplicate {
        values[.layer(index)] = values[source]
        continue
      }
      let tensors = owned[layer.owner ?? index]
      nodes.append(
        Graph.Node(
          module: made.module, inputs: layer.sources.compactMap { values[$0] },
          inputShapes: made.inputShapes, outputShape: made.output,
          parameters: tensors.parameters, buffers: tensors.buffers, layer: owned[index].layer,
          stream: tensors.layer))
      values[.layer(index)] = nodes.count
    }
  }

  private mutating func make(_ layer: WiredLayer) -> Made? {
    let shapes = layer.sources.compactMap { source in
      switch source {
      case .input: input
      case .layer(let index): made[index]?.output
      }
    }
    // Where what it reads is wrong, nothing is said of the layer itself.
    guard shapes.count == layer.sources.count, !shapes.isEmpty else { return nil }
    if layer.isDuplicate {
      return Made(
        module: Residual(Chosen(Duplicate.name)), inputShapes: shapes, output: shapes[0],
        parameters: [], buffers: [])
    }
    guard let module = Layers.module(layer.spec.kind) else {
      report(layer, "there is no layer '\(layer.spec.kind.name)'")
      return nil
    }
    guard module.arity.contains(shapes.count) else {
      report(
        layer, "\(layer.spec.kind.name) reads one layer, but 'from' names \(shapes.count)",
        hint: "join them first with add, max or concat")
      return nil
    }
    do throws(ShapeMismatch) {
      let output = try module.outputShape(of: shapes)
      guard isWithinLimits(output) else {
        report(
          layer, "a row of this layer would have more than \(Graph.mostNumbersPerRow) numbers")
        return nil
      }
      let declared = module.parameters(for: shapes)
      if layer.owner == nil, !count(declared, layer) { return nil }
      return Made(
        module: module, inputShapes: shapes, output: output, parameters: declared,
        buffers: module.buffers(for: shapes))
    } catch {
      report(layer, error.message, hint: error.hint)
      return nil
    }
  }

  private func isWithinLimits(_ shape: Shape) -> Bool {
    var count = 1
    for size in shape.sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, product <= Graph.mostNumbersPerRow else { return false }
      count = product
    }
    return true
  }

  private mutating func report(_ layer: WiredLayer, _ message: String, hint: String = "") {
    errors.append(GraphError(layer: layer.place, message: message, hint: hint))
  }

  private mutating func count(_ declared: [ParameterDeclaration], _ layer: WiredLayer) -> Bool {
    for declaration in declared {
      let (count, overflow) = declaration.shape.sizes.reduce((1, false)) {
        let (product, overflow) = $0.0.multipliedReportingOverflow(by: $1)
        return (product, $0.1 || overflow)
      }
      guard !overflow, count <= Graph.mostParameters - parameterCount else {
        report(
          layer, "the network would have more than \(Graph.mostParameters) parameters here",
          hint: "use fewer or smaller layers")
        return false
      }
      parameterCount += count
    }
    return true
  }

  /// A layer that shares needs parameters of the very same shapes.
  private mutating func checkSharing(_ layer: WiredLayer, _ index: Int) {
    guard let owner = layer.owner, let own = made[index], let theirs = made[owner] else { return }
    let (needed, given) = (own.parameters, theirs.parameters)
    if given.isEmpty {
      report(layer, "'\(layers[owner].name)' has no parameters to share", hint: "remove 'share'")
    } else if needed.map(\.name) != given.map(\.name) || needed.map(\.shape) != given.map(\.shape) {
      report(
        layer,
        "it needs parameters of \(Self.list(needed)), but '\(layers[owner].name)' has"
          + " \(Self.list(given))",
        hint: "layers that share have the same settings and inputs of the same size")
    }
  }

  private static func list(_ declared: [ParameterDeclaration]) -> String {
    declared.map { "\($0.name) \($0.shape)" }.joined(separator: ", ")
  }
}

// Tensors in the order of the list.
extension GraphBuilder {
  private struct Owned {
    var parameters: [Int] = []
    var buffers: [Int] = []
    /// The place among the layers that are listed.
    var layer = 0
  }

  /// Every layer but the places residuals branch from, in the order of the list.
  var summaries: [LayerSummary] {
    zip(layers, made).compactMap { layer, made in
      guard let made, !layer.isDuplicate else { return nil }
      return LayerSummary(
        place: layer.place, name: layer.name, kind: layer.spec.kind.name, output: made.output,
        parameterCount: layer.owner == nil
          ? made.parameters.reduce(0) { $0 + $1.shape.count } : 0)
    }
  }

  private mutating func declareTensors() -> [Owned] {
    var owned = [Owned](repeating: Owned(), count: layers.count)
    var listed = 0
    for (index, layer) in layers.enumerated() where !layer.isDuplicate {
      owned[index].layer = listed
      listed += 1
      guard let made = made[index], layer.owner == nil else { continue }
      let first = (parameters.count, buffers.count)
      parameters += made.parameters.map { tensor($0, of: layer, owned[index].layer) }
      buffers += made.buffers.map { tensor($0, of: layer, owned[index].layer) }
      owned[index].parameters = Array(first.0..<parameters.count)
      owned[index].buffers = Array(first.1..<buffers.count)
    }
    return owned
  }

  private func tensor(
    _ declaration: ParameterDeclaration, of layer: WiredLayer, _ index: Int, gain: Double = 1
  ) -> ParameterTensor {
    ParameterTensor(
      name: layer.name + "." + declaration.name, shape: declaration.shape,
      isBias: declaration.isBias, fanIn: declaration.fanIn, fanOut: declaration.fanOut, gain: gain,
      layer: index, initial: declaration.initial, isTransposed: declaration.isTransposed)
  }

  /// The parameters, each with the gain of the first deciding module behind its layer.
  func parametersWithGain() -> [ParameterTensor] {
    var readers = [[Int]](repeating: [], count: nodes.count + 1)
    for (index, node) in nodes.enumerated() {
      for value in node.inputs { readers[value].append(index) }
    }
    /// Node n's gain where it decides, else that of what reads it first.
    var gains = [Double?](repeating: nil, count: nodes.count)
    func gain(behind node: Int) -> Double? {
      readers[node + 1].lazy.compactMap { gains[$0] }.first
    }
    for index in nodes.indices.reversed() {
      gains[index] = nodes[index].module.gain ?? gain(behind: index)
    }
    var result = parameters
    for (index, node) in nodes.enumerated() {
      for parameter in node.parameters {
        result[parameter] = parameters[parameter].with(gain: gain(behind: index) ?? 1)
      }
    }
    return result
  }
}

extension ParameterTensor {
  fileprivate func with(gain: Double) -> ParameterTensor {
    ParameterTensor(
      name: name, shape: shape, isBias: isBias, fanIn: fanIn, fanOut: fanOut, gain: gain,
      layer: layer, initial: initial, isTransposed: isTransposed)
  }
}
