public import Tracking

/// One metric of one run along its training.
public struct CurveSeries: Hashable, Sendable {
  /// Equal for the seeds of one configuration.
  public var configuration: String
  /// What has a colour and a line in the legend.
  public var group: String
  /// The run's seed.
  public var seed: Int
  /// Whether the run's loss stopped being finite, so that it is in no mean with others.
  public var hasDiverged: Bool
  /// What tells its line apart from the others of its group in a panel; empty where it is alone.
  public var detail = ""
  /// The row of panels it stands in, such as `model = wide`; empty for the only one.
  public var row = ""
  /// The column of panels it stands in; empty for the only one.
  public var column = ""
  /// What was measured.
  public var metric: Metric
  /// Updates done at each point, by which the seeds of a configuration are matched.
  public var steps: [Int]
  /// The place of each point along the axis.
  public var xs: [Double]
  /// The value of each point.
  public var ys: [Double]

  /// Makes a curve of lists of one length.
  public init(
    configuration: String, group: String, seed: Int, hasDiverged: Bool = false, metric: Metric,
    steps: [Int], xs: [Double], ys: [Double]
  ) {
    precondition(steps.count == xs.count && xs.count == ys.count, "lists of one length")
    self.configuration = configuration
    self.group = group
    self.seed = seed
    self.hasDiverged = hasDiverged
    self.metric = metric
    self.steps = steps
    self.xs = xs
    self.ys = ys
  }
}

extension CurveSeries {
  /// The curve under an exponential moving average that is not drawn towards zero at its start.
  ///
  /// s(t) = b s(t - 1) + (1 - b) y(t), divided by 1 - b^t. What is not finite is left as it is and
  /// does not count.
  package func smoothed(_ b: Double) -> CurveSeries {
    var result = self
    var average = MovingAverage(b)
    for (index, value) in ys.enumerated() { result.ys[index] = average.next(value) }
    return result
  }
}
