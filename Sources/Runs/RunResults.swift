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
    /// The step; 0 where nobody asks for it.
    public let step: Int

    /// Makes a value.
    public init(epoch: Int, value: Double, step: Int = 0) {
      self.epoch = epoch
      self.value = value
      self.step = step
    }

    func place(_ measure: RunMeasure) -> Int { measure.place(epoch: epoch, step: step) }
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

  /// How far it is.
  package func place(_ measure: RunMeasure) -> Int { curve.last?.place(measure) ?? 0 }

  /// Whether as much is known of it as can be at the end of an epoch, or at a step.
  package func hasReached(_ place: Int, _ measure: RunMeasure = .epochs) -> Bool {
    isFinal || self.place(measure) >= place
  }

  /// The best objective up to an epoch or a step, or of the whole run; `nil` where it diverged or failed by
  /// then.
  package func value(
    upTo end: Int?, _ direction: Direction, _ measure: RunMeasure = .epochs
  ) -> Double? {
    guard let end else { return status.isBad ? nil : best }
    if status.isBad, place(measure) < end { return nil }
    var best = Double.nan
    // What stands before the first epoch was measured before training.
    let first = measure == .epochs ? 1 : 0
    for point in curve where point.place(measure) >= first && point.place(measure) <= end {
      if direction.isBetter(point.value, than: best) { best = point.value }
    }
    return best.isNaN ? nil : best
  }
}

/// A configuration that a plan has asked for already.
public struct KnownConfiguration: Sendable {
  /// What it is known by.
  public let key: String
  /// Its resolved values by their paths.
  public let parameters: [String: ParameterValue]

  /// Makes a configuration.
  public init(key: String, parameters: [String: ParameterValue]) {
    self.key = key
    self.parameters = parameters
  }
}

/// Where a plan that grows finds the results of its runs.
public protocol RunResults {
  /// The current run of each key that has one.
  ///
  /// - Parameter curves: whether the objective is wanted epoch by epoch.
  func results(ofKeys keys: [String], curves: Bool) throws -> [String: RunResult]

  /// The configurations that the plan of a hash has asked for, in the order in which it did.
  func configurations(ofPlan hash: String) throws -> [KnownConfiguration]
}

extension RunResults {
  /// None.
  public func configurations(ofPlan hash: String) throws -> [KnownConfiguration] { [] }
}
