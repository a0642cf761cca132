package import TensorKernels
package import Tracking

/// The mean of every window of each channel: `torch.nn.AvgPool2d`.
///
/// Jacobian: (C L, C H W), 1/K² at each number of a row's window. Zeros of the padding count, as
/// PyTorch's `count_include_pad` has it by itself.
package struct AvgPool2d: Pooling {
  package static let choice = Choice(
    "avg-pool2d", main: "kernel",
    settings: [Windows.kernel, Windows.poolStride, Windows.poolPadding],
    "mean of every window")

  package let windows: Windows

  package init(_ chosen: Chosen) { windows = Windows(chosen) }

  package var forwardKernel: Kernel { .meanPool }
  package var backwardKernel: Kernel { .meanPoolBack }
}

// What others make of it.
extension AvgPool2d {
  package static var role: LayerRole { .selection }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(windows.torchPool("nn.AvgPool2d"))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add(
      "AveragePool", [node.x], windows.onnx + [("count_include_pad", .integer(1))])
  }
}
