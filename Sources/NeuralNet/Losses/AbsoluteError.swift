package import TensorKernels
package import Tracking

/// The absolute error: `torch.nn.L1Loss`.
///
/// For outputs x and targets y (1, D): loss = mean over rows and outputs of |x - y|; classes take
/// one-hot targets. Gradient: dloss/dx = sign(x - y) / (B D), (1, D), and 0 where they are equal.
package struct AbsoluteError: OutputLoss {
  package static let choice = Choice(
    "l1", "absolute error, the mean over rows and outputs; classes are one-hot")

  package init(_ chosen: Chosen) {}

  package var kernel: Kernel { .l1 }
}

// What others make of it.
extension AbsoluteError {
  package static func reading(ofOutputs count: Int) -> OutputKind { .scores }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall("nn.L1Loss")
  }
}
