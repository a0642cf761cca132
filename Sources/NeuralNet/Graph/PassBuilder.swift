import TensorKernels
/// Lowers a graph to the instructions of one pass: forward, the loss, and the derivative graph,
/// which is the forward graph read backwards.
struct PassBuilder {
  private let plan: NetworkPlan
  private let graph: Graph
  private(set) var lowering: Lowering
  /// The buffer of every value.
  private var values: [Buffer] = []
  /// The nodes that read each value.
  private let readers: [[Int]]
  /// Whether each value depends on a parameter, so that its gradient is asked for.
  private let depends: [Bool]

  init(_ plan: NetworkPlan, rows: Int, isTraining: Bool) {
    self.plan = plan
    graph = plan.graph
    lowering = Lowering(rows: rows, isTraining: isTraining, seed: plan.seed)
    var readers = Array(repeating: [Int](), count: graph.nodes.count + 1)
    var depends = [false]
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs { readers[value].append(index) }
      depends.append(!node.parameters.isEmpty || node.inputs.contains { depends[$0] })
    }
    self.readers = readers
    self.depends = depends
  }

  /// What the network puts out.
  var output: Buffer { values[values.count - 1] }

  mutating func forward() {
    let input = lowering.scratch(lowering.rows * graph.input.count)
    lowering.emit(.gather, [input], sizes: [lowering.rows, graph.input.count])
    values = [input]
    for (index, node) in graph.nodes.enumerated() {
      let isFused = isFused(index)
      let inPlace = isFused || worksInPlace(index)
      values.append(
        inPlace
          ? values[node.inputs[0]] : lowering.scratch(lowering.rows * node.outputShape.count))
      node.module.forward(context(index), &lowering)
    }
    lowering.keep(output)
  }

  /// The loss of what the network puts out, without a gradient.
  mutating func evaluate() { plan.loss?.lower(output, nil, width: graph.output.count, &lowering) }

  /// The loss, then every node's backward in reverse order.
  mutating func backward() {
    guard let loss = plan.loss else { return }
    var gradients = Array(repeating: [Gradient](), count: graph.nodes.count + 1)
    let last = lowering.scratch(lowering.rows * graph.output.count)
    loss.lower(output, last, width: graph.output.count, &lowering)
    gradients[graph.nodes.count] = [Gradient(last)]
    for (index, node) in graph.nodes.enumerated().reversed() where depends[index + 1] {
      guard let gradient = sum(gradients[index + 1], of: index + 1) else { continue }
      let back = node.module.backward(context(index), gradient, &lowering)
      for (value, gradient) in zip(node.inputs, back) {
        if let gradient { gradients[value].append(gradient) }
      }
    }
  }

  /// A value that several nodes read is the course's Duplicate: its gradients add up.
  private mutating func sum(_ parts: [Gradient], of value: Int) -> Gradient? {
    guard let first = parts.first, parts.count > 1 else { return parts.first }
    let count = lowering.rows * graph.nodes[value - 1].outputShape.count
    for part in parts.dropFirst() {
      lowering.emit(.add, [part.buffer, first.buffer], sizes: [count])
    }
    return first
  }

  private func isRectifier(_ index: Int) -> Bool { graph.nodes[index].module is ReLU }

  /// The one node that reads a value, if there is just one and the value is not the output.
  private func onlyReader(of value: Int) -> Int? {
    readers[value].count == 1 && value != graph.nodes.count ? readers[value].first : nil
  }

  private func isFused(_ index: Int) -> Bool {
    let value = graph.nodes[index].inputs[0]
    return isRectifier(index) && value > 0 && graph.nodes[value - 1].module is Linear
      && onlyReader(of: value) == index
  }

  private func worksInPlace(_ index: Int) -> Bool {
    let node = graph.nodes[index]
    guard let value = node.inputs.first, onlyReader(of: value) == index else { return false }
    if !lowering.isTraining { return node.module.worksInPlace }
    return node.module.worksInPlace && (value == 0 || !graph.nodes[value - 1].module.needsOutput)
  }

  private func context(_ index: Int) -> NodeContext {
    let node = graph.nodes[index]
    let offsets = plan.offsets
    return NodeContext(
      inputs: node.inputs.map { values[$0] },
      inputShapes: node.inputShapes,
      outputShape: node.outputShape,
      output: values[index + 1],
      parameters: node.parameters.map { Buffer(section: .parameters(offsets[$0])) },
      gradients: node.parameters.map { Buffer(section: .gradients(offsets[$0])) },
      stream: node.stream,
      needsGradient: node.inputs.map { depends[$0] },
      inputIsRectified: node.inputs.map { value in
        value > 0 && isRectifier(value - 1) && onlyReader(of: value) == index
      },
      rectifies: onlyReader(of: index + 1).map { isRectifier($0) } ?? false,
      isFused: isFused(index))
  }
}
