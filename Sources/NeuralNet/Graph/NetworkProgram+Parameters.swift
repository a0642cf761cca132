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
    for (index, parameter) in plan.graph.parameters.enumerated() {
      guard let tensor = tensors.first(where: { $0.name == parameter.name }) else { continue }
      set(tensor.values.map(Double.init), at: index)
    }
  }

  /// The parameters by PyTorch's names and shapes.
  public var namedTensors: [NamedTensor] {
    plan.graph.parameters.indices.map { index in
      let parameter = plan.graph.parameters[index]
      return NamedTensor(
        name: parameter.name, shape: parameter.shape.sizes,
        values: values(at: index).map(Float.init)
      )
    }
  }

  /// A copy of the flat vector of all parameters, in the program's own layout.
  public var parameterVector: [Scalar] {
    get { Array(vector(layout.vectors[0])) }
    set {
      precondition(newValue.count == plan.parameterCount)
      _ = vector(layout.vectors[0]).update(from: newValue)
    }
  }

  /// One parameter's numbers in PyTorch's order.
  package func values(at index: Int) -> [Scalar] {
    read(vector(layout.vectors[0]), index)
  }

  /// One parameter's gradients in PyTorch's order, as the last training pass left them.
  package func gradient(at index: Int) -> [Scalar] {
    read(vector(layout.gradientVector), index)
  }

  /// Sets one parameter's numbers, given in PyTorch's order.
  package func set(_ values: [Double], at index: Int) {
    let target = vector(layout.vectors[0])
    for (place, value) in zip(places(of: index), values) { target[place] = Scalar(value) }
  }

  func vector(_ offset: Int) -> UnsafeMutableBufferPointer<Scalar> {
    arena.numbers(at: offset, count: plan.parameterCount, as: Scalar.self)
  }

  private func reset() {
    updates = 0
    for offset in layout.vectors { vector(offset).update(repeating: 0) }
  }

  private func read(_ vector: UnsafeMutableBufferPointer<Scalar>, _ index: Int) -> [Scalar] {
    places(of: index).map { vector[$0] }
  }

  /// Where the numbers of a parameter lie in the flat vector, in PyTorch's order.
  private func places(of index: Int) -> [Int] {
    let shape = plan.graph.parameters[index].shape
    let first = plan.offsets[index]
    guard Linear.isTransposed(shape) else { return Array(first..<first + shape.count) }
    let (outputs, inputs) = (shape.sizes[0], shape.sizes[1])
    return (0..<outputs).flatMap { output in
      (0..<inputs).map { first + $0 * outputs + output }
    }
  }
}

extension NetworkProgram {
  /// Parameters, optimizer state and the count of updates, as bytes to continue from.
  public var stateBytes: [UInt8] {
    var bytes = withUnsafeBytes(of: Int64(updates).littleEndian) { Array($0) }
    for offset in layout.vectors { bytes += UnsafeRawBufferPointer(vector(offset)) }
    return bytes
  }

  /// Continues from bytes that `stateBytes` of a program of the same plan gave.
  ///
  /// - Throws: where the number of bytes is another plan's.
  public func restore(_ bytes: [UInt8]) throws(LabbookError) {
    let size = plan.parameterCount * MemoryLayout<Scalar>.stride
    guard bytes.count == 8 + layout.vectors.count * size else {
      throw .failure(
        "the saved state has \(bytes.count) bytes, \(8 + layout.vectors.count * size) expected")
    }
    bytes.withUnsafeBytes { source in
      updates = Int(Int64(littleEndian: source.loadUnaligned(as: Int64.self)))
      for (index, offset) in layout.vectors.enumerated() {
        let part = source[(8 + index * size)..<(8 + (index + 1) * size)]
        UnsafeMutableRawBufferPointer(vector(offset)).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: part))
      }
    }
  }
}
