public import Tracking

/// What a plan that grows from results asks of the runs it has.
public struct RunResult: Sendable {
  /// Where the run stands; a failed one counts as done.
  public let status: RunStatus
  /// The objective at the epoch it chose; `nil` while none is chosen.
  public let best: Double?
  /// The objective epoch by epoch, as far as it is measured; empty where it was not asked for.
  public let curve: [EpochValue]
  /// Whether a user stopped it, so that nothing more comes of it by itself.
  public let isHalted: Bool

  /// The objective after an epoch.
  public struct EpochValue: Hashable, Sendable {
    /// The epoch, from 1; 0 before training.
    public let epoch: Int
    /// The objective.
    public let value: Double

    /// Makes a value.
    public init(epoch: Int, value: Double) {
      self.epoch = epoch
      self.value = value
    }
  }

  /// Makes a result.
  public init(
    status: RunStatus, best: Double?, curve: [EpochValue] = [], isHalted: Bool = false
  ) {
    self.isHalted = isHalted
    self.status = status
    self.best = best
    self.curve = curve
  }

  /// Whether nothing more comes of the run.
  package var isFinal: Bool {
    status == .completed || status.isBad || (status == .stopped && isHalted)
  }

  /// Whether as much is known of it as can be at the end of an epoch.
  package func hasReached(_ epoch: Int) -> Bool { isFinal || (curve.last?.epoch ?? 0) >= epoch }

  /// The best objective up to an epoch, or of the whole run; `nil` where it diverged or failed by then.
  package func value(upTo epoch: Int?, _ direction: Direction) -> Double? {
    guard let epoch else { return status.isBad ? nil : best }
    if status.isBad, (curve.last?.epoch ?? 0) < epoch { return nil }
    var best = Double.nan
    for point in curve where point.epoch > 0 && point.epoch <= epoch {
      if direction.isBetter(point.value, than: best) { best = point.value }
    }
    return best.isNaN ? nil : best
  }
}

/// Where a plan that grows finds the results of its runs.
public protocol RunResults {
  /// The current run of each key that has one.
  ///
  /// - Parameter curves: whether the objective is wanted epoch by epoch.
  func results(ofKeys keys: [String], curves: Bool) throws -> [String: RunResult]
}
