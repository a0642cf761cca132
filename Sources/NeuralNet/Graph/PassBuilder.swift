import TensorKernels

/// Lowers a graph to the instructions of one pass: forward, the loss, and the derivative graph,
/// which is the forward graph read backwards.
struct PassBuilder {
  private let plan: NetworkPlan
  private let graph: Graph
  private(set) var lowering: Lowering
  /// The buffer of every value.
  private(set) var values: [Buffer] = []
  /// Where each value is kept when every number is asked for: nothing is fused or overwritten.
  private let isTraced: Bool
  /// A copy of the gradient of every value, where the pass is traced.
  private(set) var gradients: [Int: Buffer] = [:]
  /// What forward keeps for backward, a list a node.
  private var saved: [[Buffer]] = []
  /// Parameters whose gradients have been made: layers that share add theirs.
  private var written: Set<Int> = []
  /// The nodes that read each value.
  private let readers: [[Int]]
  /// Whether each value depends on a parameter, so that its gradient is asked for.
  private let depends: [Bool]

  /// Begins a pass over a block of so many rows.
  ///
  /// - Parameter isTraced: keeps every value and every gradient, that of the input too.
  init(_ plan: NetworkPlan, rows: Int, isTraining: Bool, isTraced: Bool = false) {
    self.plan = plan
    self.isTraced = isTraced
    graph = plan.graph
    lowering = Lowering(rows: rows, isTraining: isTraining, seed: plan.seed)
    var readers = Array(repeating: [Int](), count: graph.nodes.count + 1)
    var depends = [isTraced]
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
    let sizes = graph.input.sizes
    if lowering.isTraining, sizes.count == 3, let augmentation = plan.augmentation {
      augmentation.lower(input, sizes, &lowering)
    } else {
      lowering.emit(.gather, [input], sizes: [lowering.rows, graph.input.count])
    }
    values = [input]
    for (index, node) in graph.nodes.enumerated() {
      let isInPlace = !isTraced && (isFused(index) || worksInPlace(index))
      values.append(
        isInPlace
          ? values[node.inputs[0]] : lowering.scratch(lowering.rows * node.outputShape.count))
      saved.append(
        node.module.saved(for: node.inputShapes, rows: lowering.rows).map { lowering.scratch($0) })
      node.module.forward(context(index), &lowering)
    }
    lowering.keep(output)
    if isTraced { for value in values { lowering.keep(value) } }
  }

  /// Puts what the network puts out where the block's rows stand in the epoch.
  mutating func keepOutputs() {
    let sizes = [lowering.rows, graph.output.count, plan.keptRows]
    lowering.emit(.keep, [output, Buffer(section: .outputs)], sizes: sizes)
  }

  /// The loss of what the network puts out, without a gradient.
  mutating func evaluate() { plan.loss?.lower(output, nil, width: graph.output.count, &lowering) }

  /// The loss, then every node's backward in reverse order.
  mutating func backward() {
    guard let loss = plan.loss else { return }
    var parts = Array(repeating: [Gradient](), count: graph.nodes.count + 1)
    let last = lowering.scratch(lowering.rows * graph.output.count)
    loss.lower(output, last, width: graph.output.count, &lowering)
    parts[graph.nodes.count] = [Gradient(last)]
    for (index, node) in graph.nodes.enumerated().reversed() where depends[index + 1] {
      guard let gradient = sum(parts[index + 1], of: index + 1) else { continue }
      trace(gradient, of: index + 1)
      let (context, shared) = contextWithGradients(index)
      let back = node.module.backward(context, gradient, &lowering)
      for (value, gradient) in zip(node.inputs, back) {
        if let gradient { parts[value].append(gradient) }
      }
      for (part, whole, count) in shared { lowering.emit(.add, [part, whole], sizes: [count]) }
    }
    if depends[0], let gradient = sum(parts[0], of: 0) { trace(gradient, of: 0) }
  }

  /// A value that several nodes read is the course's Duplicate: its gradients add up.
  private mutating func sum(_ parts: [Gradient], of value: Int) -> Gradient? {
    guard let first = parts.first, parts.count > 1 else { return parts.first }
    let count = lowering.rows * width(of: value)
    for part in parts.dropFirst() {
      lowering.emit(.add, [part.buffer, first.buffer], sizes: [count])
    }
    return first
  }

  private mutating func trace(_ gradient: Gradient, of value: Int) {
    guard isTraced else { return }
    let count = lowering.rows * width(of: value)
    let copy = lowering.scratch(count)
    lowering.emit(.copy, [gradient.buffer, copy], sizes: [count])
    lowering.keep(copy)
    gradients[value] = copy
  }

  private func width(of value: Int) -> Int {
    value == 0 ? graph.input.count : graph.nodes[value - 1].outputShape.count
  }

  /// A node's context for backward.
  ///
  /// Gradients of parameters that another node has made already go to memory of their own first:
  /// part, whole, and how many numbers.
  private mutating func contextWithGradients(_ index: Int)
    -> (NodeContext, [(part: Buffer, whole: Buffer, count: Int)])
  {
    var context = self.context(index)
    var shared: [(part: Buffer, whole: Buffer, count: Int)] = []
    for (place, parameter) in graph.nodes[index].parameters.enumerated()
    where !written.insert(parameter).inserted {
      let count = graph.parameters[parameter].shape.count
      let part = lowering.scratch(count)
      lowering.emit(.fill, [part], sizes: [count], scalars: [0])
      shared.append((part, context.gradients[place], count))
      context.gradients[place] = part
    }
    return (context, shared)
  }

  private func isRectifier(_ index: Int) -> Bool { graph.nodes[index].module is ReLU }

  /// The one node that reads a value, if there is just one and the value is not the output.
  private func onlyReader(of value: Int) -> Int? {
    readers[value].count == 1 && value != graph.nodes.count ? readers[value].first : nil
  }

  private func isFused(_ index: Int) -> Bool {
    let value = graph.nodes[index].inputs[0]
    return isRectifier(index) && value > 0 && graph.nodes[value - 1].module.absorbsReLU
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
      buffers: node.buffers.map { Buffer(section: .parameters(plan.bufferOffsets[$0])) },
      saved: saved[index],
      stream: node.stream,
      needsGradient: node.inputs.map { depends[$0] },
      inputIsRectified: node.inputs.map { value in
        !isTraced && value > 0 && isRectifier(value - 1) && onlyReader(of: value) == index
      },
      rectifies: !isTraced && (onlyReader(of: index + 1).map { isFused($0) } ?? false),
      isFused: !isTraced && isFused(index))
  }
}
