import TensorKernels
public import Tracking

extension NetworkProgram {
  /// Sets the weights before the first update, and forgets the updates done so far.
  ///
  /// - Parameters:
  ///   - initializer: a checked choice of `Initializers.all` other than `file`.
  ///   - seed: `train.seed`.
  public func initialize(_ initializer: Chosen, seed: Int) {
    reset()
    for (index, parameter) in plan.graph.parameters.enumerated() {
      if let initial = parameter.initial {
        set(Array(repeating: initial, count: parameter.shape.count), at: index)
        continue
      }
      let random = CounterRandom(seed: seed, purpose: .initialization, stream: index)
      set(Initializer(initializer).values(of: parameter, random), at: index)
    }
  }

  /// Sets the weights from a file's tensors, and forgets the updates done so far.
  ///
  /// - Throws: what does not fit, as `Graph.mismatches(with:)` says it.
  public func initialize(from tensors: [NamedTensor]) throws(LabbookError) {
    let problems = plan.graph.mismatches(with: tensors)
    guard problems.isEmpty else { throw .input(problems.joined(separator: "\n")) }
    reset()
    let found = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    for (index, parameter) in plan.graph.parameters.enumerated() {
      guard let tensor = found[parameter.name] else { continue }
      set(tensor.values.map(Double.init), at: index)
    }
    for (index, buffer) in plan.graph.buffers.enumerated() {
      guard let tensor = found[buffer.name] else { continue }
      let target = weights[place(ofBuffer: index)]
      for (place, value) in zip(target.indices, tensor.values) {
        weights[place] = Scalar(value)
      }
    }
  }

  /// The parameters by PyTorch's names and shapes, then the graph's buffers.
  public var namedTensors: [NamedTensor] {
    let graph = plan.graph
    return graph.parameters.indices.map { index in
      NamedTensor(
        name: graph.parameters[index].name, shape: graph.parameters[index].shape.sizes,
        values: Self.floats(values(at: index)))
    }
      + graph.buffers.indices.map { index in
        NamedTensor(
          name: graph.buffers[index].name, shape: graph.buffers[index].shape.sizes,
          values: Self.floats(Array(weights[place(ofBuffer: index)])))
      }
  }

  /// The numbers in single precision; converted only where they are not.
  private static func floats(_ numbers: [Scalar]) -> [Float] {
    numbers as? [Float] ?? numbers.map { Float($0) }
  }

  /// A copy of the flat vector of all parameters and buffers, in the program's own layout.
  public var parameterVector: [Scalar] {
    get { Array(weights) }
    set {
      precondition(newValue.count == plan.weightCount)
      _ = weights.update(from: newValue)
    }
  }

  /// One parameter's numbers in PyTorch's order.
  package func values(at index: Int) -> [Scalar] {
    read(weights, index)
  }

  /// One parameter's gradients in PyTorch's order, as the last training pass left them.
  package func gradient(at index: Int) -> [Scalar] {
    read(numbers(layout.gradientVector), index)
  }

  /// What the optimizer keeps for one parameter, in PyTorch's order.
  func kept(slot: Int, at index: Int) -> [Scalar] {
    read(numbers(layout.vectors[1 + slot]), index)
  }

  /// Sets one parameter's numbers, given in PyTorch's order.
  package func set(_ values: [Double], at index: Int) {
    let target = weights
    for (place, value) in zip(places(of: index), values) { target[place] = Scalar(value) }
  }

  /// Sets the number at a place of the flat vector.
  func set(place: Int, _ value: Double) { weights[place] = Scalar(value) }

  func numbers(_ vector: ArenaLayout.Vector) -> UnsafeMutableBufferPointer<Scalar> {
    arena.numbers(at: vector.offset, count: vector.count, as: Scalar.self)
  }

  private var weights: UnsafeMutableBufferPointer<Scalar> { numbers(layout.weights) }

  private func place(ofBuffer index: Int) -> Range<Int> {
    let first = plan.bufferOffsets[index]
    return first..<first + plan.graph.buffers[index].shape.count
  }

  /// Everything as it is before the first update; the parameters are zero.
  private func reset() {
    updates = 0
    for (index, vector) in layout.vectors.enumerated() {
      let initial = index == 0 ? 0 : plan.optimizer?.initial(slot: index - 1) ?? 0
      numbers(vector).update(repeating: Scalar(initial))
    }
    for (index, buffer) in plan.graph.buffers.enumerated() {
      weights[place(ofBuffer: index)].update(repeating: Scalar(buffer.initial ?? 0))
    }
  }

  private func read(_ vector: UnsafeMutableBufferPointer<Scalar>, _ index: Int) -> [Scalar] {
    places(of: index).map { vector[$0] }
  }

  /// Where the numbers of a parameter lie in the flat vector, in PyTorch's order.
  package func places(of index: Int) -> [Int] {
    let shape = plan.graph.parameters[index].shape
    let first = plan.offsets[index]
    guard plan.graph.parameters[index].isTransposed else {
      return Array(first..<first + shape.count)
    }
    let (outputs, inputs) = (shape.sizes[0], shape.sizes[1])
    var places: [Int] = []
    places.reserveCapacity(shape.count)
    for output in 0..<outputs {
      for input in 0..<inputs { places.append(first + input * outputs + output) }
    }
    return places
  }
}

extension NetworkProgram {
  /// Parameters, buffers, optimizer state and the count of updates, as bytes to continue from.
  public var stateBytes: [UInt8] {
    var bytes = withUnsafeBytes(of: Int64(updates).littleEndian) { Array($0) }
    for vector in layout.vectors { bytes += UnsafeRawBufferPointer(numbers(vector)) }
    return bytes
  }

  /// Continues from bytes that `stateBytes` of a program of the same plan gave.
  ///
  /// - Throws: where the number of bytes is another plan's.
  public func restore(_ bytes: [UInt8]) throws(LabbookError) {
    let size = MemoryLayout<Scalar>.stride
    let expected = 8 + layout.vectors.reduce(0) { $0 + $1.count } * size
    guard bytes.count == expected else {
      throw .failure("the saved state has \(bytes.count) bytes, \(expected) expected")
    }
    bytes.withUnsafeBytes { source in
      updates = Int(Int64(littleEndian: source.loadUnaligned(as: Int64.self)))
      var first = 8
      for vector in layout.vectors {
        let part = source[first..<first + vector.count * size]
        UnsafeMutableRawBufferPointer(numbers(vector)).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: part))
        first += vector.count * size
      }
    }
  }
}
