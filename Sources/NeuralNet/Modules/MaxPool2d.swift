package import TensorKernels
package import Tracking

/// The greatest number of every window of each channel: `torch.nn.MaxPool2d`.
///
/// Jacobian: (C L, C H W), in each row a 1 at the greatest number of its window. Where several are
/// equally great PyTorch takes the first, line by line, which is computed; the course leaves ties
/// open. Padding never is the greatest.
package struct MaxPool2d: Pooling {
  package static let choice = Choice(
    "max-pool2d", main: "kernel",
    settings: [Windows.kernel, Windows.poolStride, Windows.poolPadding],
    "greatest number of every window")

  package let windows: Windows

  package init(_ chosen: Chosen) { windows = Windows(chosen) }

  package var forwardKernel: Kernel { .maxPool }
  package var backwardKernel: Kernel { .maxPoolBack }
}

/// A module that makes one number of every window of each channel.
package protocol Pooling: Module {
  var windows: Windows { get }
  /// p0 x, p1 y.
  var forwardKernel: Kernel { get }
  /// p0 x, p1 dy, p2 dx.
  var backwardKernel: Kernel { get }
}

extension Pooling {
  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    let (height, width) = try windows.poolCounts(over: inputs[0], Self.choice.name)
    return Shape([inputs[0].sizes[0], height, width])
  }

  package var gain: Double? { nil }
  package var needsOutput: Bool { false }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    lowering.emit(
      forwardKernel, [node.inputs[0], node.output], sizes: sizes(node, lowering))
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let back = lowering.scratch(lowering.rows * node.inputShapes[0].count)
    lowering.emit(
      backwardKernel, [node.inputs[0], gradient.buffer, back], sizes: sizes(node, lowering))
    return [Gradient(back)]
  }

  private func sizes(_ node: NodeContext, _ lowering: Lowering) -> [Int] {
    let (from, to) = (node.inputShapes[0].sizes, node.outputShape.sizes)
    return [
      lowering.rows * from[0], from[1], from[2], windows.side, windows.stride, windows.padding,
      to[1], to[2],
    ]
  }
}

// What others make of it.
extension MaxPool2d {
  package static var role: LayerRole { .selection }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(windows.torchPool("nn.MaxPool2d"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("MaxPool", [node.x], windows.onnx)
  }
}
