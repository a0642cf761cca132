import TensorKernels
package import Tracking

/// Puts a share of the values to zero while training: `torch.nn.Dropout`.
///
/// Training: y = m x / (1 - p) with m drawn anew for every value, 0 with probability p; inference:
/// y = x. The course also gives the form that scales at inference instead; PyTorch's is computed.
/// Jacobian: diagonal, (N, N), m / (1 - p).
package struct Dropout: Module {
  package static let choice = Choice(
    "dropout", main: "p",
    settings: [
      Setting(
        "p", .number(.shareBelowOne), default: .number(0.5), "share of the values put to zero")
    ],
    "puts a share of the values to zero while training, scales the others by 1 / (1 - p)")

  package let probability: Double

  package init(_ chosen: Chosen) { probability = chosen.number("p") }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape { inputs[0] }

  package var gain: Double? { nil }

  package var worksInPlace: Bool { true }
  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    if lowering.isTraining {
      drop(from: node.inputs[0], into: node.output, node, &lowering)
    } else if node.inputs[0] != node.output {
      lowering.emit(
        .scale, [node.inputs[0], node.output], sizes: [lowering.rows * node.outputShape.count],
        scalars: [1])
    }
  }

  /// Draws the same mask again: it is never stored.
  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    drop(from: gradient.buffer, into: gradient.buffer, node, &lowering)
    return [Gradient(gradient.buffer)]
  }

  private func drop(
    from source: Buffer, into target: Buffer, _ node: NodeContext, _ lowering: inout Lowering
  ) {
    let key = CounterRandom(seed: lowering.seed, purpose: .dropout, stream: node.stream).key
    lowering.emit(
      .dropout, [source, target],
      sizes: [lowering.rows, node.outputShape.count, Int(key.0), Int(key.1)],
      scalars: [probability, 1 / (1 - probability)])
  }
}

// What others make of it.
extension Dropout {
  package static var role: LayerRole { .still }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.Dropout", [.number(probability)]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Identity", node.inputs)
  }
}
