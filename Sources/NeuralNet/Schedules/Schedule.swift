public import Tracking

/// The learning rate of every update of one run.
public struct Schedule: Sendable {
  private let chosen: Chosen
  private let kind: any ScheduleKind
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
    kind = Schedules.schedule(chosen) ?? ConstantSchedule(chosen)
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
  /// With w warm-up updates: lr (u + 1) / w while u < w; then as the kind of schedule says.
  ///
  /// - Parameter plateau: where `plateau` stands, as `start` and `observe` give it.
  public func rate(update: Int, epoch: Int, plateau: Plateau? = nil) -> Double {
    if update < warmupUpdates {
      return rate * Double(update + 1) / Double(warmupUpdates)
    }
    return kind.rate(moment(update, epoch: epoch, plateau))
  }

  /// The momentum of the same update in the place of the optimizer's own; `nil` leaves it that.
  public func momentum(update: Int) -> Double? { kind.momentum(moment(update, epoch: 1, nil)) }

  private func moment(_ update: Int, epoch: Int, _ plateau: Plateau?) -> ScheduleMoment {
    ScheduleMoment(
      rate: rate, update: update, epoch: epoch, warmupUpdates: warmupUpdates,
      totalUpdates: totalUpdates, plateau: plateau)
  }

  /// Whether updates set the optimizer's momentum.
  public var cyclesMomentum: Bool { momentum(update: 0) != nil }

  /// Where `plateau` stands before training; `nil` for other schedules.
  public var start: Plateau? { kind.plateau(rate: rate) }

  /// Takes an epoch's objective; does nothing for other schedules.
  ///
  /// - Parameter plateau: part of where a run stands, so that a resumed run goes on from it.
  public func observe(_ value: Double, _ direction: Direction, _ plateau: inout Plateau?) {
    plateau?.observe(value, direction, chosen)
  }
}
