import Foundation
public import Tracking

/// The learning rate of every update of one run.
public struct Schedule: Sendable {
  private let chosen: Chosen
  private let rate: Double
  private let warmupUpdates: Int
  private let totalUpdates: Int

  /// Makes the schedule of one run.
  ///
  /// - Parameters:
  ///   - chosen: a checked choice of `Schedules.all`.
  ///   - rate: `train.lr`.
  ///   - updatesPerEpoch: turns a warm-up in epochs into updates, rounded to the nearest.
  ///   - totalUpdates: all updates of the run, U.
  public init(_ chosen: Chosen, rate: Double, updatesPerEpoch: Int, totalUpdates: Int) {
    self.chosen = chosen
    self.rate = rate
    self.totalUpdates = totalUpdates
    let warmup = (chosen.number("warmup") * Double(updatesPerEpoch)).rounded()
    warmupUpdates = Int(min(warmup, Double(totalUpdates)))
  }

  /// The rate of the update before which `update` updates were done, in `epoch`, counted from 1.
  ///
  /// With w warm-up updates of U: lr (u + 1)/w while u < w; then with v = u - w, V = U - w cosine
  /// min + (lr - min)(1 + cos(pi v/V))/2, linear lr + (end - lr) v/V; step and exponential
  /// lr gamma^floor((e - 1)/step_size) and lr gamma^(e - 1).
  public func rate(update: Int, epoch: Int) -> Double {
    if update < warmupUpdates {
      return rate * Double(update + 1) / Double(warmupUpdates)
    }
    let progress = Double(update - warmupUpdates) / Double(max(1, totalUpdates - warmupUpdates))
    switch chosen.name {
    case "step":
      let drops = (epoch - 1) / chosen.integer("step_size")
      return rate * pow(chosen.number("gamma"), Double(drops))
    case "exponential":
      return rate * pow(chosen.number("gamma"), Double(epoch - 1))
    case "cosine":
      let least = chosen.number("min_lr")
      return least + (rate - least) * (1 + cos(Double.pi * progress)) / 2
    case "linear":
      return rate + (chosen.number("end_lr") - rate) * progress
    default:
      return rate
    }
  }
}
