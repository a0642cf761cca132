import TensorKernels
package import Tracking

/// Steps scaled by a running mean of squared gradients: `torch.optim.RMSprop` (Hinton, 2012).
///
/// g is the gradient with weight decay, g + λ w; v = α v + (1 - α) g², and with `centered`
/// m = α m + (1 - α) g and v - m² in the place of v below. Without momentum
/// w = w - lr g / (sqrt(v) + ε); with momentum μ b = μ b + g / (sqrt(v) + ε), w = w - lr b.
package struct RMSprop: Optimizer {
  package static let choice = Choice(
    "rmsprop",
    settings: [
      Setting(
        "alpha", .number(.share), default: .number(0.99), "how slowly the mean square follows"),
      Setting("eps", .number(.notNegative), default: .number(1e-8), "added to the divisor"),
      Setting(
        "momentum", .number(.notNegative), default: .number(0),
        "share of the last step that is kept"),
      Setting("centered", .flag, default: .flag(false), "scale by the variance instead"),
    ],
    "steps scaled by a running mean of squared gradients")

  package let alpha: Double
  package let epsilon: Double
  package let momentum: Double
  package let isCentered: Bool

  package init(_ chosen: Chosen) {
    alpha = chosen.number("alpha")
    epsilon = chosen.number("eps")
    momentum = chosen.number("momentum")
    isCentered = chosen.flag("centered")
  }

  package var slotNames: [String] {
    ["square"] + (isCentered ? ["mean"] : []) + (momentum > 0 ? ["velocity"] : [])
  }

  package var rule: String {
    let divisor = isCentered ? "sqrt(square - mean^2) + eps" : "sqrt(square) + eps"
    return "square = alpha square + (1 - alpha) g^2; "
      + (isCentered ? "mean = alpha mean + (1 - alpha) g; " : "")
      + (momentum > 0
        ? "velocity = momentum velocity + g / (\(divisor)); w - rate velocity"
        : "w - rate g / (\(divisor))")
  }

  package func lower(_ update: UpdateContext, _ lowering: inout Lowering) {
    lowering.emit(
      .rmsprop,
      [
        update.parameters, update.gradients, update.slot(0), isCentered ? update.slot(1) : nil,
        momentum > 0 ? update.slot(isCentered ? 2 : 1) : nil,
      ],
      sizes: [update.count],
      scalars: [alpha, momentum, update.weightDecay, update.l1, epsilon])
  }
}

// What others make of it.
extension RMSprop {
  package static var momentumSetting: String? { "momentum" }
  package var decaysApart: Bool { false }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall(
      "torch.optim.RMSprop",
      [
        .number(alpha, named: "alpha", unless: 0.99),
        .number(epsilon, named: "eps", unless: 1e-8),
        .number(momentum, named: "momentum", unless: 0),
        .value(.flag(isCentered), named: "centered", unless: .flag(false)),
      ])
  }
}
