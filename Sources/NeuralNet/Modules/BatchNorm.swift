import TensorKernels
package import Tracking

/// Each feature with mean 0 and deviation 1 over the batch, scaled and shifted:
/// `torch.nn.BatchNorm1d`, and `BatchNorm2d` for the channels of images.
///
/// y = (x - μ) / sqrt(v + ε) w + b. Training takes μ and v (divisor n) from the batch, over rows and
/// for images over height and width, and moves the running statistics:
/// running = (1 - momentum) running + momentum new, with the variance of divisor n - 1; inference
/// takes the running ones.
///
/// The rows of a batch depend on each other, so the Jacobian is one of the whole batch, for a feature
/// (B, B): with x̂ = (x - μ) / sqrt(v + ε) it is w / sqrt(v + ε) (1 - (1 + x̂ᵀ x̂) / B). With respect
/// to the weights of a feature: dy/dw = x̂, dy/db = 1.
package struct BatchNorm: Module {
  package static let choice = Choice(
    "batch-norm",
    settings: [
      Setting("eps", .number(.notNegative), default: .number(1e-5), "added to the variance"),
      Setting(
        "momentum", .number(.share), default: .number(0.1),
        "share of a batch in the running statistics"),
    ],
    "each feature or channel with mean 0 and deviation 1 over the batch, then scaled and shifted")

  package let epsilon: Double
  package let momentum: Double

  package init(_ chosen: Chosen) {
    epsilon = chosen.number("eps")
    momentum = chosen.number("momentum")
  }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }

  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] {
    let shape = Shape(inputs[0].sizes[0])
    return [
      ParameterDeclaration(name: "weight", shape: shape, initial: 1),
      ParameterDeclaration(name: "bias", shape: shape, isBias: true, initial: 0),
    ]
  }

  package func buffers(for inputs: [Shape]) -> [ParameterDeclaration] {
    let shape = Shape(inputs[0].sizes[0])
    return [
      ParameterDeclaration(name: "running_mean", shape: shape, initial: 0),
      ParameterDeclaration(name: "running_var", shape: shape, initial: 1),
    ]
  }

  package func saved(for inputs: [Shape], rows: Int) -> [Int] { [4 * inputs[0].sizes[0]] }
  package var gain: Double? { nil }
  package var needsOutput: Bool { false }
  package var needsWholeBatch: Bool { true }

  package func leastRows(for inputs: [Shape]) -> Int {
    inputs[0].count > inputs[0].sizes[0] ? 1 : 2
  }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let (sizes, statistics) = (sizes(node, lowering), node.saved[0])
    let (mean, variance) = (node.buffers[0], node.buffers[1])
    if lowering.isTraining {
      lowering.emit(
        .batchStatistics, [node.inputs[0], statistics, mean, variance], sizes: sizes,
        scalars: [momentum, epsilon])
    } else {
      lowering.emit(
        .runningStatistics, [mean, variance, statistics], sizes: sizes, scalars: [0, epsilon])
    }
    lowering.emit(
      .batchNorm,
      [node.inputs[0], statistics, node.parameters[0], node.parameters[1], node.output],
      sizes: sizes)
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let sizes = sizes(node, lowering)
    lowering.emit(
      .batchNormSums,
      [node.inputs[0], node.saved[0], gradient.buffer, node.gradients[0], node.gradients[1]],
      sizes: sizes)
    guard node.needsGradient[0] else { return [nil] }
    lowering.emit(
      .batchNormBack, [node.inputs[0], node.saved[0], node.parameters[0], gradient.buffer],
      sizes: sizes)
    return [Gradient(gradient.buffer)]
  }

  private func sizes(_ node: NodeContext, _ lowering: Lowering) -> [Int] {
    let channels = node.outputShape.sizes[0]
    return [lowering.rows, channels, node.outputShape.count / channels]
  }
}

// What others make of it.
extension BatchNorm {
  package static var role: LayerRole { .normalization }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(
      TorchCall(
        inputs[0].sizes.count == 3 ? "nn.BatchNorm2d" : "nn.BatchNorm1d",
        [
          .integer(inputs[0].sizes[0]), .number(epsilon, named: "eps", unless: 1e-5),
          .number(momentum, named: "momentum", unless: 0.1),
        ]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add(
      "BatchNormalization", [node.x] + node.parameters + node.buffers,
      [("epsilon", .float(epsilon))])
  }
}
