public import Drawing
public import Languages
public import Tracking

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
