package import Tracking

/// Adam with weight decay apart from the gradient: `torch.optim.AdamW` (Loshchilov, Hutter, 2019).
///
/// First w = w (1 - lr λ), then Adam's step on the gradient alone.
package struct AdamW: Optimizer {
  package static let choice = Choice(
    "adamw", settings: Adam.settings, "Adam with weight decay apart from the gradient")

  package let adam: Adam

  package init(_ chosen: Chosen) { adam = Adam(chosen) }

  package var slotNames: [String] { adam.slotNames }
  package var rule: String { "w (1 - rate weight_decay) first; " + adam.rule }
  package var decaysApart: Bool { true }

  package func corrections(update: Int, momentum: Double?) -> (Double, Double) {
    adam.corrections(update: update, momentum: momentum)
  }

  package func lower(_ update: UpdateContext, _ lowering: inout Lowering) {
    adam.lower(update, decaysApart: true, &lowering)
  }
}

// What others make of it.
extension AdamW {
  package static var momentumSetting: String? { Adam.momentumSetting }

  package func torch() throws(MissingForm) -> TorchCall {
    adam.torch("torch.optim.AdamW")
  }
}
