package import Tracking

/// A rate that falls where the objective gets no better: `torch.optim.lr_scheduler.ReduceLROnPlateau`.
///
/// After more than `patience` epochs without an objective better by `threshold` (a share of the best,
/// or absolute) the rate is multiplied by `factor`, not below `min_lr`, if that changes it by more
/// than `eps`; then `cooldown` epochs are not counted.
package struct PlateauSchedule: ScheduleKind {
  package static let choice = Choice(
    "plateau",
    settings: [
      Setting("factor", .number(.shareBelowOne), default: .number(0.1), "factor of the rate"),
      Setting(
        "patience", .integer(0...1_000_000_000), default: .integer(10),
        "epochs without a better objective that are let pass"),
      Setting(
        "threshold", .number(.notNegative), default: .number(1e-4), "how much is better"),
      Setting(
        "threshold_mode", .word(["rel", "abs"]), default: .text("rel"),
        "a share of the best objective, or absolute"),
      Setting(
        "cooldown", .integer(0...1_000_000_000), default: .integer(0),
        "epochs after a change that are not counted"),
      Setting("min_lr", .number(.notNegative), default: .number(0), "the least rate"),
      Setting("eps", .number(.notNegative), default: .number(1e-8), "the least change"),
      .warmup,
    ],
    "the rate times factor where the objective gets no better")

  package static var isOpenEnded: Bool { true }

  private let chosen: Chosen

  package init(_ chosen: Chosen) { self.chosen = chosen }

  package func rate(_ moment: ScheduleMoment) -> Double { moment.plateau?.rate ?? moment.rate }

  package func plateau(rate: Double) -> Plateau? { Plateau(rate: rate) }

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    let mode = request.minimizes ? "min" : "max"
    return .scheduler(
      TorchCall(
        "torch.optim.lr_scheduler.ReduceLROnPlateau",
        [.value(.text(mode), named: "mode")]
          + Self.choice.torchArguments(of: chosen, without: [Setting.warmup.name])),
      watchesEpochs: true)
  }
}
