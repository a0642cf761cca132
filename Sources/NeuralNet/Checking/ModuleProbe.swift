import TensorKernels

/// One module by itself in double precision: values in, values out, gradients back.
///
/// Nothing is fused or shared, every buffer has memory of its own.
final class ModuleProbe {
  let node: Graph.Node
  let rows: Int
  /// The inputs, then the parameters.
  private(set) var arguments: [[Double]]
  private let arena: Arena
  private let state: RunState
  private let forwardList: InstructionList
  private let backwardList: InstructionList
  private let places: Places

  /// Where numbers lie in the arena.
  private struct Places {
    var arguments: [Int] = []
    var gradients: [Int?] = []
    var buffers: [(place: Int, initial: Double, count: Int)] = []
    var output = 0
    var outputGradient = 0
  }

  init(_ node: Graph.Node, buffers: [ParameterTensor], arguments: [[Double]], rows: Int, seed: Int)
  {
    self.node = node
    self.rows = rows
    self.arguments = arguments
    var lowering = Lowering(rows: rows, isTraining: true, seed: seed)
    let all = arguments.map { lowering.scratch($0.count) }
    let (inputs, parameters) = (all.prefix(node.inputs.count), all.dropFirst(node.inputs.count))
    let count = rows * node.outputShape.count
    let output = lowering.scratch(count)
    let outputGradient = lowering.scratch(count)
    let kept = buffers.map { lowering.scratch($0.shape.count) }
    let context = NodeContext(
      inputs: Array(inputs), inputShapes: node.inputShapes, outputShape: node.outputShape,
      output: output, parameters: Array(parameters),
      gradients: parameters.map { lowering.scratch(lowering.count($0)) }, buffers: kept,
      saved: node.module.saved(for: node.inputShapes, rows: rows).map { lowering.scratch($0) },
      stream: node.stream, needsGradient: inputs.map { _ in true },
      inputIsRectified: inputs.map { _ in false }, rectifies: false, isFused: false)
    node.module.forward(context, &lowering)
    let forward = lowering.steps.count
    let back = node.module.backward(context, Gradient(outputGradient), &lowering)
    let offsets = ModuleProbe.offsets(lowering)
    arena = Arena(byteCount: offsets[offsets.count - 1])
    state = RunState(in: arena)
    let place = { (buffer: Buffer) in
      if case .scratch(let index) = buffer.section { offsets[index] } else { 0 }
    }
    places = Places(
      arguments: all.map(place),
      gradients: back.map { $0.map { place($0.buffer) } } + context.gradients.map(place),
      buffers: zip(kept, buffers).map { (place($0), $1.initial ?? 0, $1.shape.count) },
      output: place(output), outputGradient: place(outputGradient))
    let base = arena.bytes.baseAddress
    let entries = lowering.steps.map { step in
      InstructionList.Entry(
        step.kernel,
        step.operands.map { $0.flatMap { base?.advanced(by: place($0)) } },
        sizes: step.sizes, scalars: step.scalars)
    }
    forwardList = InstructionList(Array(entries[..<forward]), state: state, as: Double.self)
    backwardList = InstructionList(Array(entries[forward...]), state: state, as: Double.self)
    state.update(0, rate: 0, bias1: 1, bias2: 1)
    state.begin(scale: 1 / Double(rows))
    state.block(first: 0, row: 0)
  }

  /// The offset of every scratch buffer in bytes, and where the last one ends.
  private static func offsets(_ lowering: Lowering) -> [Int] {
    var offsets = [RunState.byteCount]
    for count in lowering.scratchCounts {
      offsets.append(
        offsets[offsets.count - 1] + Arena.rounded(count * MemoryLayout<Double>.stride))
    }
    return offsets
  }

  /// What the module puts out when one number of its arguments is `value` instead.
  func output(_ argument: Int, _ entry: Int, at value: Double) -> [Double] {
    let old = arguments[argument][entry]
    arguments[argument][entry] = value
    defer { arguments[argument][entry] = old }
    return output()
  }

  /// What the module puts out.
  func output() -> [Double] {
    for (place, values) in zip(places.arguments, arguments) { write(values, at: place) }
    for buffer in places.buffers {
      write(Array(repeating: buffer.initial, count: buffer.count), at: buffer.place)
    }
    forwardList.run()
    return Array(numbers(places.output, rows * node.outputShape.count))
  }

  /// The gradient of every argument for a gradient of the output; `output` comes before it.
  func gradients(_ outputGradient: [Double]) -> [[Double]] {
    _ = output()
    write(outputGradient, at: places.outputGradient)
    backwardList.run()
    return zip(places.gradients, arguments).map { place, values in
      place.map { Array(numbers($0, values.count)) } ?? Array(repeating: 0, count: values.count)
    }
  }

  private func numbers(_ place: Int, _ count: Int) -> UnsafeMutableBufferPointer<Double> {
    arena.numbers(at: place, count: count, as: Double.self)
  }

  private func write(_ values: [Double], at place: Int) {
    _ = numbers(place, values.count).update(from: values)
  }
}

extension Lowering {
  /// How many numbers a scratch buffer holds.
  fileprivate func count(_ buffer: Buffer) -> Int {
    if case .scratch(let index) = buffer.section { scratchCounts[index] } else { 0 }
  }
}
