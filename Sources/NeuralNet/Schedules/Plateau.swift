import Tracking

/// A rate that falls where the objective gets no better: `torch.optim.lr_scheduler.ReduceLROnPlateau`.
///
/// After more than `patience` epochs without an objective better by `threshold` (a share of the best,
/// or absolute) the rate is multiplied by `factor`, not below `min_lr`, if that changes it by more
/// than `eps`; then `cooldown` epochs are not counted.
public struct Plateau: Codable, Hashable, Sendable {
  static let choice = Choice(
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
      Schedules.warmup,
    ],
    "the rate times factor where the objective gets no better")

  /// The rate that holds now.
  public private(set) var rate: Double
  private var best: Double?
  private var badEpochs = 0
  private var cooldownLeft = 0

  init(rate: Double) { self.rate = rate }

  /// Takes the objective of an epoch, and lowers the rate where it is time.
  mutating func observe(_ value: Double, _ direction: Direction, _ chosen: Chosen) {
    if isBetter(value, direction, chosen) {
      best = value
      badEpochs = 0
    } else {
      badEpochs += 1
    }
    if cooldownLeft > 0 {
      cooldownLeft -= 1
      badEpochs = 0
    }
    guard badEpochs > chosen.integer("patience") else { return }
    badEpochs = 0
    cooldownLeft = chosen.integer("cooldown")
    let lower = max(rate * chosen.number("factor"), chosen.number("min_lr"))
    if rate - lower > chosen.number("eps") { rate = lower }
  }

  private func isBetter(_ value: Double, _ direction: Direction, _ chosen: Chosen) -> Bool {
    guard let best else { return !value.isNaN }
    let threshold = chosen.number("threshold")
    let isRelative = chosen.text("threshold_mode") == "rel"
    switch direction {
    case .minimize: return value < (isRelative ? best * (1 - threshold) : best - threshold)
    case .maximize: return value > (isRelative ? best * (1 + threshold) : best + threshold)
    }
  }
}
