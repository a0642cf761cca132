import Foundation
import TensorKernels
package import Tracking

/// Steps scaled by running moments of the gradient: `torch.optim.Adam` (Kingma, Ba, 2015).
///
/// g is the gradient with weight decay, g + λ w; at update t:
/// m = β1 m + (1 - β1) g, v = β2 v + (1 - β2) g²,
/// w = w - lr / (1 - β1^t) m / (sqrt(v) / sqrt(1 - β2^t) + ε).
package struct Adam: Optimizer {
  package static let settings = [
    Setting(
      "beta1", .number(.shareBelowOne), default: .number(0.9),
      "how slowly the mean of the gradient follows"),
    Setting(
      "beta2", .number(.shareBelowOne), default: .number(0.999),
      "how slowly the mean of its square follows"),
    Setting(
      "eps", .number(.notNegative), default: .number(1e-8), "added to the divisor"),
  ]

  package static let choice = Choice(
    "adam", settings: settings, "steps scaled by running moments of the gradient")

  package let beta1: Double
  package let beta2: Double
  package let epsilon: Double

  package init(_ chosen: Chosen) {
    beta1 = chosen.number("beta1")
    beta2 = chosen.number("beta2")
    epsilon = chosen.number("eps")
  }

  package var slotNames: [String] { ["mean", "square"] }

  package var rule: String {
    "mean = beta1 mean + (1 - beta1) g; square = beta2 square + (1 - beta2) g^2; "
      + "w - rate / (1 - beta1^t) mean / (sqrt(square) / sqrt(1 - beta2^t) + eps)"
  }

  package func corrections(update: Int, momentum: Double?) -> (Double, Double) {
    let t = Double(update + 1)
    return (1 - pow(momentum ?? beta1, t), (1 - pow(beta2, t)).squareRoot())
  }

  package func lower(_ update: UpdateContext, _ lowering: inout Lowering) {
    lower(update, decaysApart: false, &lowering)
  }

  package func lower(_ update: UpdateContext, decaysApart: Bool, _ lowering: inout Lowering) {
    lowering.emit(
      .adam, [update.parameters, update.gradients, update.slot(0), update.slot(1)],
      sizes: [update.count, decaysApart ? 1 : 0],
      scalars: [beta1, beta2, update.weightDecay, update.l1, epsilon])
  }
}

// What others make of it.
extension Adam {
  /// The call of PyTorch's Adam or one of its kin.
  func torch(_ function: String) -> TorchCall {
    let betas = [beta1, beta2].map(PythonText.float).joined(separator: ", ")
    return TorchCall(
      function,
      [
        beta1 == 0.9 && beta2 == 0.999 ? nil : .code("(\(betas))", named: "betas"),
        .number(epsilon, named: "eps", unless: 1e-8),
      ])
  }

  package static var momentumSetting: String? { "beta1" }
  package var decaysApart: Bool { false }

  package func torch() throws(MissingForm) -> TorchCall {
    torch("torch.optim.Adam")
  }
}
