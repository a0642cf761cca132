package import TensorKernels
package import Tracking

/// The squared error: `torch.nn.MSELoss`.
///
/// For outputs x and targets y (1, D): loss = mean over rows and outputs of (x - y)²; classes take
/// one-hot targets. Gradient: dloss/dx = 2 (x - y) / (B D), (1, D). The course writes the sum or
/// half of it; PyTorch's mean is computed.
package struct MeanSquaredError: Loss {
  package static let choice = Choice(
    "mse", otherNames: ["mseloss", "l2loss", "squared"],
    "squared error, the mean over rows and outputs; classes are one-hot")

  package init(_ chosen: Chosen) {}

  package static func outputs(for targets: TargetKind) -> Int? { targets.count }

  package var kernel: Kernel { .mse }
}

// What others make of it.
extension MeanSquaredError {
  package static var takesClassIndices: Bool { false }
  package static func reading(ofOutputs count: Int) -> OutputKind { .scores }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall("nn.MSELoss")
  }
}
