import Tracking

/// Where a rate stands that falls where the objective gets no better, as `plateau` has it.
public struct Plateau: Codable, Hashable, Sendable {
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
