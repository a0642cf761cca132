package import TensorKernels
package import Tracking

/// Logistic function and binary cross-entropy in one: `torch.nn.BCEWithLogitsLoss`.
///
/// For scores x and targets y: max(x, 0) - x y + log(1 + exp(-|x|)), which no score can overflow; the
/// mean over rows and outputs. Gradient: dloss/dx = (σ(x) - y) / (B D). Targets as for `bce`.
package struct BinaryCrossEntropyWithLogits: BinaryLoss {
  package static let choice = Choice(
    "bce-with-logits",
    "logistic function and binary cross-entropy in one, on scores; outputs as for bce")

  package init(_ chosen: Chosen) {}

  package var kernel: Kernel { .bceLogits }
  package var scalars: [Double] { [0, 0] }
}

// What others make of it.
extension BinaryCrossEntropyWithLogits {
  package static func reading(ofOutputs count: Int) -> OutputKind {
    count == 1 ? .logit : .logits
  }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall("nn.BCEWithLogitsLoss")
  }
}
