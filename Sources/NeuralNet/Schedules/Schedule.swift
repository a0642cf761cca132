import Foundation
public import Tracking

/// The learning rate of every update of one run.
public struct Schedule: Sendable {
  private let chosen: Chosen
  private let rate: Double
  private let warmupUpdates: Int
  private let totalUpdates: Int
  /// Whether a run of more updates has the same rates at those of this one.
  public let isOpenEnded: Bool

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
    let warmup = ((chosen.values["warmup"]?.asNumber ?? 0) * Double(updatesPerEpoch)).rounded()
    // A warm-up longer than the run is cut off, not squeezed into it: rates of a run are those of a
    // longer one as far as it goes, wherever the schedule does not look at the end.
    warmupUpdates = Int(min(warmup, 1e15))
    isOpenEnded = Schedules.isOpenEnded(chosen)
  }

  /// The rate of the update before which `update` updates were done, in `epoch`, counted from 1.
  ///
  /// With w warm-up updates of U: lr (u + 1)/w while u < w; then with v = u - w, V = U - w cosine
  /// min + (lr - min)(1 + cos(pi v/V))/2, linear lr + (end - lr) v/V; step and exponential
  /// lr gamma^floor((e - 1)/step_size) and lr gamma^(e - 1).
  ///
  /// - Parameter plateau: where `plateau` stands, as `start` and `observe` give it.
  public func rate(update: Int, epoch: Int, plateau: Plateau? = nil) -> Double {
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
    case "one-cycle":
      return OneCycle(chosen, rate: rate, totalUpdates: totalUpdates).rate(update: update)
    case "plateau":
      return plateau?.rate ?? rate
    default:
      return rate
    }
  }

  /// The momentum of the same update in the place of the optimizer's own; `nil` leaves it that.
  public func momentum(update: Int) -> Double? {
    guard chosen.name == "one-cycle" else { return nil }
    return OneCycle(chosen, rate: rate, totalUpdates: totalUpdates).momentum(update: update)
  }

  /// Whether updates set the optimizer's momentum.
  public var cyclesMomentum: Bool { momentum(update: 0) != nil }

  /// Where `plateau` stands before training; `nil` for other schedules.
  public var start: Plateau? { chosen.name == "plateau" ? Plateau(rate: rate) : nil }

  /// Takes an epoch's objective; does nothing for other schedules.
  ///
  /// - Parameter plateau: part of where a run stands, so that a resumed run goes on from it.
  public func observe(_ value: Double, _ direction: Direction, _ plateau: inout Plateau?) {
    plateau?.observe(value, direction, chosen)
  }
}
