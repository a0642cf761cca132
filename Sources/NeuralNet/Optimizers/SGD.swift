import TensorKernels
package import Tracking

/// Gradient descent with momentum: `torch.optim.SGD`.
///
/// g is the gradient with weight decay, g + λ w. With momentum μ the first update takes b = g, the
/// others b = μ b + (1 - dampening) g; w = w - lr b, or with Nesterov w = w - lr (g + μ b). The
/// course's momentum without dampening is the same.
package struct SGD: Optimizer {
  package static let choice = Choice(
    "sgd",
    settings: [
      Setting(
        "momentum", .number(.notNegative), default: .number(0),
        "share of the last step that is kept"),
      Setting("dampening", .number(.any), default: .number(0), "share of the gradient left out"),
      Setting("nesterov", .flag, default: .flag(false), "look ahead along the momentum"),
    ],
    "gradient descent, with momentum where asked")

  package let momentum: Double
  package let dampening: Double
  package let nesterov: Bool

  package init(_ chosen: Chosen) {
    momentum = chosen.number("momentum")
    dampening = chosen.number("dampening")
    nesterov = chosen.flag("nesterov")
  }

  package var slotNames: [String] { momentum > 0 ? ["velocity"] : [] }

  package var rule: String {
    guard momentum > 0 else { return "w - rate g" }
    let share = dampening == 0 ? "g" : "(1 - dampening) g"
    return "velocity = momentum velocity + \(share), first g; "
      + (nesterov ? "w - rate (g + momentum velocity)" : "w - rate velocity")
  }

  package func lower(_ update: UpdateContext, _ lowering: inout Lowering) {
    lowering.emit(
      .sgd, [update.parameters, update.gradients, momentum > 0 ? update.slot(0) : nil],
      sizes: [update.count, nesterov ? 1 : 0],
      scalars: [momentum, 1 - dampening, update.weightDecay, update.l1])
  }
}

// What others make of it.
extension SGD {
  package static func conflict(in chosen: Chosen) -> (setting: String, message: String)? {
    guard chosen.flag("nesterov"), chosen.number("momentum") == 0 || chosen.number("dampening") != 0
    else { return nil }
    return ("nesterov", "nesterov needs a momentum above 0 and a dampening of 0")
  }

  package static var momentumSetting: String? { "momentum" }
  package var decaysApart: Bool { false }

  package func torch() throws(MissingForm) -> TorchCall {
    TorchCall(
      "torch.optim.SGD",
      [
        .number(momentum, named: "momentum", unless: 0),
        .number(dampening, named: "dampening", unless: 0),
        .value(.flag(nesterov), named: "nesterov", unless: .flag(false)),
      ])
  }
}
