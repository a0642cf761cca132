package import TensorKernels
package import Tracking

/// Binary cross-entropy of probabilities: `torch.nn.BCELoss`.
///
/// For outputs x from 0 to 1 and targets y: -(y log x + (1 - y) log(1 - x)), logarithms at least -100,
/// the mean over rows and outputs. Gradient: dloss/dx = (x - y) / (x (1 - x) B D), the divisor x (1 - x)
/// at least 1e-12. Classes take one output each against one-hot targets, or with two classes a
/// single output for the second.
package struct BinaryCrossEntropy: BinaryLoss {
  package static let choice = Choice(
    "bce",
    "binary cross-entropy of probabilities; one output a class, or one for the second of two classes"
  )

  package init(_ chosen: Chosen) {}

  package var kernel: Kernel { .bce }
  package var scalars: [Double] { [0, 0.5] }
}

/// A loss of outputs that each say yes or no.
package protocol BinaryLoss: OutputLoss {}

extension BinaryLoss {
  package static var takesSingleOutput: Bool { true }

  package static func accepts(_ outputs: Int, for targets: TargetKind) -> Bool {
    outputs == targets.count || outputs == 1 && targets == .classes(2)
  }
}

// What others make of it.
extension BinaryCrossEntropy {
  package static func reading(ofOutputs count: Int) -> OutputKind {
    count == 1 ? .share : .shares
  }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall("nn.BCELoss")
  }
}
