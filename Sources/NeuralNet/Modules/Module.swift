package import TensorKernels
package import Tracking

/// A function of one or several values and of its own parameters: one kind of layer.
///
/// A module is a file of its own: what the file may say of it, the shapes it takes, its parameters,
/// how its forward and backward passes are lowered to instructions, and what PyTorch and ONNX have
/// for it. A new one is that file and a line in `Layers`.
package protocol Module: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Makes the module of checked settings.
  init(_ chosen: Chosen)

  /// The shape it puts out for inputs of these shapes.
  func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape

  /// The trainable tensors it needs for inputs of these shapes.
  func parameters(for inputs: [Shape]) -> [ParameterDeclaration]

  /// The tensors it keeps that no gradient changes.
  func buffers(for inputs: [Shape]) -> [ParameterDeclaration]

  /// How many numbers forward keeps for backward, one entry a piece of memory.
  func saved(for inputs: [Shape], rows: Int) -> [Int]

  /// How many layers it may read.
  var arity: ClosedRange<Int> { get }

  /// Whether training needs all rows of a batch at once.
  var needsWholeBatch: Bool { get }

  /// The fewest rows it can be trained on.
  func leastRows(for inputs: [Shape]) -> Int

  /// Whether forward can take the positive part of what it puts out, and backward a mask.
  var absorbsReLU: Bool { get }

  /// The gain initialisers give to a layer before this one; `nil` where the one after decides.
  var gain: Double? { get }

  /// Whether the output may take its first input's place, which nothing else then reads.
  var worksInPlace: Bool { get }

  /// Whether backward reads the output, so that the module behind may not overwrite it.
  var needsOutput: Bool { get }

  /// What it does to the map that a network is.
  static var role: LayerRole { get }

  /// How many rows of a block its kernels want.
  func blockDemand(for inputs: [Shape], output: Shape) -> BlockDemand

  /// What it is in PyTorch, for inputs of these shapes.
  func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer

  /// Adds its operators to a graph of ONNX; the name of what it puts out.
  func onnx(_ node: ONNXNode, _ graph: inout ONNXGraph) throws(MissingForm) -> String

  /// Adds the instructions that make the output from the inputs.
  func forward(_ node: NodeContext, _ lowering: inout Lowering)

  /// Adds the instructions that make the gradients of the parameters and of the inputs that need
  /// one, from the gradient of the output.
  func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
}

extension Module {
  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] { [] }
  package func buffers(for inputs: [Shape]) -> [ParameterDeclaration] { [] }
  package func saved(for inputs: [Shape], rows: Int) -> [Int] { [] }
  package var arity: ClosedRange<Int> { 1...1 }
  package var needsWholeBatch: Bool { false }
  package func leastRows(for inputs: [Shape]) -> Int { 1 }
  package var absorbsReLU: Bool { false }
  package var gain: Double? { 1 }
  package var worksInPlace: Bool { false }
  package var needsOutput: Bool { true }
  package func blockDemand(for inputs: [Shape], output: Shape) -> BlockDemand { .few }
}

/// A function of each number by itself.
package protocol Elementwise: Module {
  /// y = f(x), p0 x, p1 y.
  var forwardKernel: Kernel { get }
  /// dx = dy f', p0 y or x, p1 dy, p2 dx.
  var backwardKernel: Kernel { get }
  /// Whether its slope is known from what goes in rather than from what comes out.
  var readsInput: Bool { get }
  /// What f takes beside x.
  var scalar: Double { get }
  /// The same where it is more than one number.
  var scalars: [Double] { get }
}

extension Elementwise {
  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }
  package var readsInput: Bool { false }
  package var worksInPlace: Bool { !readsInput }
  package var needsOutput: Bool { !readsInput }
  package var scalar: Double { 0 }
  package var scalars: [Double] { [scalar] }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let count = lowering.rows * node.outputShape.count
    lowering.emit(forwardKernel, [node.inputs[0], node.output], sizes: [count], scalars: scalars)
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let count = lowering.rows * node.outputShape.count
    lowering.emit(
      backwardKernel,
      [readsInput ? node.inputs[0] : node.output, gradient.buffer, gradient.buffer],
      sizes: [count], scalars: scalars)
    return [Gradient(gradient.buffer)]
  }
}
