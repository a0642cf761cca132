import TensorKernels
package import Tracking

/// Each row with mean 0 and deviation 1 over its numbers, scaled and shifted: `torch.nn.LayerNorm`
/// over all of a row's dimensions.
///
/// y = x̂ w + b, x̂ = (x - μ) / sqrt(v + ε), μ and v (divisor N) of the row.
/// Jacobian: (N, N), 1 / sqrt(v + ε) (1 - (1 + x̂ᵀ x̂) / N) diag(w). With respect to the weights:
/// diag(x̂), (N, N), and the identity.
package struct LayerNorm: Module {
  package static let choice = Choice(
    "layer-norm",
    settings: [
      Setting("eps", .number(.notNegative), default: .number(1e-5), "added to the variance")
    ],
    "each row with mean 0 and deviation 1, then scaled and shifted")

  package let epsilon: Double

  package init(_ chosen: Chosen) { epsilon = chosen.number("eps") }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }

  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] {
    [
      ParameterDeclaration(name: "weight", shape: inputs[0], initial: 1),
      ParameterDeclaration(name: "bias", shape: inputs[0], isBias: true, initial: 0),
    ]
  }

  package func saved(for inputs: [Shape], rows: Int) -> [Int] { [2 * rows] }
  package var gain: Double? { nil }
  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    lowering.emit(
      .layerNorm,
      [node.inputs[0], node.parameters[0], node.parameters[1], node.output, node.saved[0]],
      sizes: [lowering.rows, node.outputShape.count], scalars: [epsilon])
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let sizes = [lowering.rows, node.outputShape.count]
    lowering.emit(
      .layerNormSums,
      [node.inputs[0], node.saved[0], gradient.buffer, node.gradients[0], node.gradients[1]],
      sizes: sizes)
    guard node.needsGradient[0] else { return [nil] }
    lowering.emit(
      .layerNormBack, [node.inputs[0], node.saved[0], node.parameters[0], gradient.buffer],
      sizes: sizes)
    return [Gradient(gradient.buffer)]
  }
}

// What others make of it.
extension LayerNorm {
  package static var role: LayerRole { .normalization }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(
      TorchCall(
        "nn.LayerNorm",
        [
          .value(.list(inputs[0].sizes.map(ParameterValue.integer))),
          .number(epsilon, named: "eps", unless: 1e-5),
        ]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add(
      "LayerNormalization", [node.x] + node.parameters,
      [("axis", .integer(1)), ("epsilon", .float(epsilon))])
  }
}
