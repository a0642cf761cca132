package import TensorKernels

/// A place for numbers in a program's arena, before it has an address.
package struct Buffer: Hashable {
  /// Which part of the arena it lies in.
  package enum Section: Hashable {
    /// Parameters, and behind the last of them the graph's buffers, from an offset on.
    case parameters(Int)
    /// Gradients of the parameters, from the same offset on.
    case gradients(Int)
    /// One of the optimizer's vectors, as long as the parameters.
    case optimizer(Int)
    /// Numbers of the loss that never change.
    case constants
    /// The outputs of an epoch's rows as they were trained.
    case outputs
    /// Numbered memory that is free again after its last use.
    case scratch(Int)
  }

  package let section: Section
}

/// The gradient of the loss with respect to a value, on its way back through the graph.
package struct Gradient {
  package let buffer: Buffer
  /// A value's buffer: where it is not above 0 the gradient is still to be put to 0.
  package let mask: Buffer?
  /// Whether the kernel that made it has already put it to 0 where its value is not above 0.
  package let isMasked: Bool

  package init(_ buffer: Buffer, mask: Buffer? = nil, isMasked: Bool = false) {
    self.buffer = buffer
    self.mask = mask
    self.isMasked = isMasked
  }
}

/// The instructions of one pass over one block of rows, and the scratch memory they need.
package struct Lowering {
  /// An instruction whose buffers have no addresses yet.
  package struct Step {
    package let kernel: Kernel
    package let operands: [Buffer?]
    package let sizes: [Int]
    package let scalars: [Double]
  }

  /// Rows of the block.
  package let rows: Int
  /// Whether it is a training pass; dropout is active in one, gradients are made in one.
  package let isTraining: Bool
  package let seed: Int
  package private(set) var steps: [Step] = []
  /// How many numbers each scratch buffer holds.
  package private(set) var scratchCounts: [Int] = []
  /// Scratch buffers that are read after the last instruction.
  package private(set) var kept: Set<Int> = []

  package init(rows: Int, isTraining: Bool, seed: Int) {
    self.rows = rows
    self.isTraining = isTraining
    self.seed = seed
  }

  /// The same pass by other instructions.
  func replacing(steps: [Step]) -> Lowering {
    var lowering = self
    lowering.steps = steps
    return lowering
  }

  /// Scratch memory for `count` numbers.
  package mutating func scratch(_ count: Int) -> Buffer {
    scratchCounts.append(count)
    return Buffer(section: .scratch(scratchCounts.count - 1))
  }

  /// Keeps a buffer until the program's end.
  package mutating func keep(_ buffer: Buffer) {
    if case .scratch(let index) = buffer.section { kept.insert(index) }
  }

  /// Adds an instruction.
  package mutating func emit(
    _ kernel: Kernel, _ operands: [Buffer?], sizes: [Int] = [], scalars: [Double] = []
  ) {
    steps.append(Step(kernel: kernel, operands: operands, sizes: sizes, scalars: scalars))
  }

  /// C = op(A) op(B), (m, n) with inner size k; `adds` where C gathers the batch's blocks.
  ///
  /// A bias (n) is added to every row, `rectifies` takes the positive part, and C is put to 0 where
  /// the mask (m, n) is not above 0.
  package mutating func product(
    _ a: Buffer, _ b: Buffer, into c: Buffer, m: Int, n: Int, k: Int,
    transposeA: Bool = false, transposeB: Bool = false, adds: Bool = false,
    bias: Buffer? = nil, mask: Buffer? = nil, rectifies: Bool = false
  ) {
    let flags =
      (transposeA ? 1 : 0) + (transposeB ? 2 : 0) + (adds ? 4 : 0) + (rectifies ? 8 : 0)
    emit(.product, [a, b, c, bias, mask], sizes: [m, n, k, flags])
  }
}

/// What a module knows of its place in the graph when it is lowered.
package struct NodeContext {
  package let inputs: [Buffer]
  package let inputShapes: [Shape]
  package let outputShape: Shape
  /// Where the output lies; in place of the first input for modules that work in place.
  package let output: Buffer
  package let parameters: [Buffer]
  package var gradients: [Buffer]
  package let buffers: [Buffer]
  /// What forward keeps for backward, as the module's `saved` asks.
  package let saved: [Buffer]
  /// The number random draws of this layer go by.
  package let stream: Int
  /// For each input, whether its gradient is asked for.
  package let needsGradient: [Bool]
  /// Whether each input is a rectified value that nothing else reads.
  package let inputIsRectified: [Bool]
  /// Whether a rectifier follows that nothing else comes between or beside: it may be fused.
  package let rectifies: Bool
  /// Whether the layer before has taken over this rectifier.
  package let isFused: Bool
}
