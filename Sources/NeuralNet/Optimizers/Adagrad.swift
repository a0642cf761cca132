import TensorKernels
package import Tracking

/// Steps scaled by the sum of all squared gradients: `torch.optim.Adagrad` (Duchi, Hazan, Singer,
/// 2011).
///
/// g is the gradient with weight decay, g + λ w; at update t: v = v + g²,
/// w = w - lr / (1 + (t - 1) lr_decay) g / (sqrt(v) + ε).
package struct Adagrad: Optimizer {
  package static let choice = Choice(
    "adagrad",
    settings: [
      Setting(
        "lr_decay", .number(.notNegative), default: .number(0), "how fast the rate falls"),
      Setting(
        "initial_accumulator_value", .number(.notNegative), default: .number(0),
        "what the sum of squares begins with"),
      Setting("eps", .number(.notNegative), default: .number(1e-10), "added to the divisor"),
    ],
    "steps scaled by the sum of all squared gradients")

  package let rateDecay: Double
  package let initialSum: Double
  package let epsilon: Double

  package init(_ chosen: Chosen) {
    rateDecay = chosen.number("lr_decay")
    initialSum = chosen.number("initial_accumulator_value")
    epsilon = chosen.number("eps")
  }

  package var slotNames: [String] { ["sum"] }

  package var rule: String {
    "sum = sum + g^2; w - rate / (1 + (t - 1) lr_decay) g / (sqrt(sum) + eps)"
  }

  package func initial(slot: Int) -> Double { initialSum }

  package func lower(_ update: UpdateContext, _ lowering: inout Lowering) {
    lowering.emit(
      .adagrad, [update.parameters, update.gradients, update.slot(0)], sizes: [update.count],
      scalars: [rateDecay, 0, update.weightDecay, update.l1, epsilon])
  }
}

// What others make of it.
extension Adagrad {
  package static var momentumSetting: String? { nil }
  package var decaysApart: Bool { false }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall(
      "torch.optim.Adagrad",
      [
        .number(rateDecay, named: "lr_decay", unless: 0),
        .number(initialSum, named: "initial_accumulator_value", unless: 0),
        .number(epsilon, named: "eps", unless: 1e-10),
      ])
  }
}
