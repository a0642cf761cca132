package import TensorKernels
package import Tracking

/// The squared error near 0 and the absolute one beyond: `torch.nn.HuberLoss` (Huber, 1964).
///
/// For d = x - y: d²/2 where |d| is at most δ, δ (|d| - δ/2) beyond; the mean over rows and outputs,
/// classes take one-hot targets. Gradient: dloss/dx = d / (B D) near 0, δ sign(d) / (B D) beyond.
package struct Huber: OutputLoss {
  package static let choice = Choice(
    "huber",
    settings: [
      Setting(
        "delta", .number(.positive), default: .number(1), "error from which on it grows in a line")
    ],
    "half the squared error up to delta, in a line beyond; classes are one-hot")

  package let delta: Double

  package init(_ chosen: Chosen) { delta = chosen.number("delta") }

  package var kernel: Kernel { .huber }
  package var scalars: [Double] { [delta] }
}

// What others make of it.
extension Huber {
  package static func reading(ofOutputs count: Int) -> OutputKind { .scores }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall("nn.HuberLoss", [.number(delta, named: "delta")])
  }
}
