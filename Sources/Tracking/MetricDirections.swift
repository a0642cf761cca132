/// Which way metrics are better, as a file says it of those whose names do not.
public struct MetricDirections: Hashable, Codable, Sendable {
  /// Those that are to be great.
  public let maximize: [Metric]
  /// Those that are to be small.
  public let minimize: [Metric]

  /// Makes directions of what a file lists.
  public init(maximize: [Metric], minimize: [Metric]) {
    self.maximize = maximize
    self.minimize = minimize
  }

  /// The direction of a metric; `nil` where it is not listed.
  public func direction(of metric: Metric) -> Direction? {
    maximize.contains(metric) ? .maximize : minimize.contains(metric) ? .minimize : nil
  }

  /// The error where runs are to be ranked by a metric of which nobody has said which way is better.
  public static func unknown(_ metric: Metric) -> LabbookError {
    .input(
      "nobody has said whether a greater or a smaller \(metric) is better",
      hint: "add to the file: directions: {maximize: [\(metric)]}, or minimize")
  }
}
