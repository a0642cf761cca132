import TensorKernels
package import Tracking

/// A linear map of every window of an image, the same for all windows: `torch.nn.Conv2d`.
///
/// y_o(u, v) = b_o + sum over channels c and i, j below K of W_o(c, i, j) x_c(u s + i - p, v s + j - p),
/// with stride s and zeros where the padding p is. With the windows of an image as columns X',
/// (C K², L), it is Y = W X' + b, (O, L), computed image by image.
///
/// Jacobian with respect to the state: (O L, C H W), the weights of each window in its place; with
/// respect to the weights of output o: X'ᵀ, (L, C K²). Over a batch: dW = sum of dY X'ᵀ,
/// dX' = Wᵀ dY, and every number of X adds up what its places in X' have.
package struct Conv2d: Module {
  package static let choice = Choice(
    "conv2d", main: "channels",
    settings: [
      Setting("channels", .integer(1...Shape.mostUnits), default: nil, "channels that come out"),
      Windows.kernel,
      Setting(
        "stride", .integer(1...Windows.most), default: .integer(1),
        "numbers from one window to the next"),
      Windows.padding,
      Setting("bias", .flag, default: .flag(true), "whether a constant is added to each channel"),
    ],
    "the same linear map of every window of an image")

  package let channels: Int
  package let windows: Windows
  package let hasBias: Bool

  package init(_ chosen: Chosen) {
    channels = chosen.integer("channels")
    windows = Windows(chosen)
    hasBias = chosen.flag("bias")
  }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    let (height, width) = try windows.counts(over: inputs[0], "conv2d")
    return Shape([channels, height, width])
  }

  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] {
    let (channelsIn, side) = (inputs[0].sizes[0], windows.side)
    let (fanIn, fanOut) = (channelsIn * side * side, channels * side * side)
    let weight = ParameterDeclaration(
      name: "weight", shape: Shape([channels, channelsIn, side, side]), fanIn: fanIn,
      fanOut: fanOut)
    let bias = ParameterDeclaration(
      name: "bias", shape: Shape(channels), isBias: true, fanIn: fanIn, fanOut: fanOut)
    return hasBias ? [weight, bias] : [weight]
  }

  package var needsOutput: Bool { false }
  package var absorbsReLU: Bool { true }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    lowering.emit(
      .convolution,
      [
        node.inputs[0], node.parameters[0], hasBias ? node.parameters[1] : nil, node.output,
        lowering.scratch(memory(node).forward),
      ], sizes: sizes(node, lowering))
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let (sizes, dy) = (sizes(node, lowering), gradient.buffer)
    if let mask = gradient.mask {
      lowering.emit(.reluBack, [mask, dy, dy], sizes: [lowering.rows * node.outputShape.count])
    }
    let memory = memory(node)
    lowering.emit(
      .convolutionWeights,
      [node.inputs[0], dy, node.gradients[0], nil, lowering.scratch(memory.weights)], sizes: sizes)
    if hasBias {
      lowering.emit(
        .channels, [dy, node.gradients[1]],
        sizes: [lowering.rows, channels, node.outputShape.count / channels])
    }
    guard node.needsGradient[0] else { return [nil] }
    let back = lowering.scratch(lowering.rows * node.inputShapes[0].count)
    lowering.emit(
      .convolutionInput,
      [node.parameters[0], dy, back, nil, lowering.scratch(memory.input)], sizes: sizes)
    return [Gradient(back)]
  }

  /// The numbers each kernel needs beside its operands: the windows of one image as columns, or,
  /// with stride 1, images with zeros around them and outputs in lines as long; eight of them where
  /// they are summed.
  private func memory(_ node: NodeContext) -> (forward: Int, weights: Int, input: Int) {
    let (input, side, padding) = (node.inputShapes[0].sizes, windows.side, windows.padding)
    let columns = input[0] * side * side * node.outputShape.count / channels
    guard windows.stride == 1, padding < side else { return (columns, columns, columns) }
    let (high, wide) = (input[1] + 2 * padding, input[2] + 2 * padding)
    let (lines, around) = (high - side + 1, input[0] * high * wide)
    let (backHigh, backWide) = (input[1] + side - 1, input[2] + side - 1)
    return (
      forward: max(columns, around + channels * lines * wide + 32),
      weights: max(columns, 8 * (channels * (lines * wide + 16) + around + 32)),
      input: max(
        columns,
        input[0] * channels * side * side + channels * backHigh * backWide
          + input[0] * input[1] * backWide + 64)
    )
  }

  private func sizes(_ node: NodeContext, _ lowering: Lowering) -> [Int] {
    [lowering.rows] + node.inputShapes[0].sizes
      + [
        channels, windows.side, windows.stride, windows.padding, node.rectifies ? 1 : 0,
        node.outputShape.count / channels,
      ]
  }
}

// What others make of it.
extension Conv2d {
  package static var role: LayerRole { .affine }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(
      TorchCall(
        "nn.Conv2d",
        [
          .integer(inputs[0].sizes[0]), .integer(channels), .integer(windows.side),
          .integer(windows.stride, named: "stride", unless: 1),
          .integer(windows.padding, named: "padding", unless: 0),
          .value(.flag(hasBias), named: "bias", unless: .flag(true)),
        ]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Conv", [node.x] + node.parameters, windows.onnx)
  }

  package func blockDemand(for inputs: [Shape], output: Shape) -> BlockDemand { .images }
}
