public import Languages
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

/// What a figure of curves says beside the curves.
public struct CurvesOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// What the curves run along.
  public var axisName = "epoch"
  /// Its unit.
  public var axisUnit: String?
  /// Whether the curves run along whole numbers.
  public var isWhole = true
  /// What the groups are, such as `model`.
  public var heading = ""
  /// The keys by which the lines of a group differ, such as `lr`; empty where a group has one line.
  public var details: [String] = []
  /// What the band around a mean reaches over.
  public var band = SeedBand.std
  /// The groups of all figures that belong together, in their order.
  public var known: [String] = []
  /// What a mean is over, in the plural.
  public var seeds = Phrase.nounSeed
  /// Whether the horizontal axis is logarithmic.
  public var logX = false
  /// Whether the vertical axes are logarithmic; `nil` decides by the values.
  public var logY: Bool?
  /// How much of the smoothed value before each point keeps, below 1; 0 for none.
  public var smoothing = 0.0
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options.
  public init() {}
}

extension Figure {
  /// Curves of metrics: a line for the mean over the seeds of each configuration, a band around it, a
  /// colour for each group; a marker too where a colour stands for several.
  ///
  /// Metrics of one quantity (`train/loss`, `val/loss`) share a panel with a dash each, unless dashes
  /// and shades tell the lines of a group apart. A mean is drawn where all seeds of the configuration
  /// that did not diverge have a value; where all diverged their line ends at a cross. Long curves are thinned out, keeping
  /// minima and maxima. With `smoothing` b each run's curve is smoothed before the mean is taken:
  /// s(t) = b s(t - 1) + (1 - b) y(t), divided by 1 - b^t; the mean of what was measured is faint
  /// behind it.
  public static func curves(_ curves: [CurveSeries], options: CurvesOptions = CurvesOptions())
    -> Figure
  {
    CurvesBuilder(curves, options).figure
  }
}
