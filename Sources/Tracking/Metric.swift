/// A measured quantity by its name in the store, with its unit and the direction that is better.
public struct Metric: Hashable, Sendable, CustomStringConvertible {
  public let name: String

  /// Makes a metric of its name, such as `val/loss`.
  public init(_ name: String) { self.name = name }

  public var description: String { name }

  public static let trainLoss = Metric("train/loss")
  public static let trainAccuracy = Metric("train/accuracy")
  public static let trainObjective = Metric("train/objective")
  public static let valLoss = Metric("val/loss")
  public static let valAccuracy = Metric("val/accuracy")
  public static let testLoss = Metric("test/loss")
  public static let testAccuracy = Metric("test/accuracy")
  public static let batchLoss = Metric("batch/loss")
  public static let batchAccuracy = Metric("batch/accuracy")
  public static let learningRate = Metric("lr")
  public static let gradNorm = Metric("grad_norm")

  /// Whether a greater value is better: true of accuracies alone.
  public var isHigherBetter: Bool { name == "accuracy" || name.hasSuffix("/accuracy") }

  /// Whether the value depends on the clock, so that two equal runs may differ in it.
  public var isTiming: Bool { name.hasPrefix("time/") }

  /// What an axis says beside the name; `nil` for a pure number.
  public var unit: String? {
    if isHigherBetter { return "share of rows" }
    if isTiming || name == "duration_s" { return "s" }
    return nil
  }
}

/// Whether a metric is to be made small or large.
public enum Direction: String, Hashable, Sendable {
  case minimize, maximize

  /// Whether `a` is strictly better than `b`; not-a-number is worse than anything.
  public func isBetter(_ a: Double, than b: Double) -> Bool {
    if a.isNaN { return false }
    if b.isNaN { return true }
    return self == .minimize ? a < b : a > b
  }
}

/// The metric by which epochs are compared, and its direction.
public struct Objective: Hashable, Sendable {
  public let metric: Metric
  public let direction: Direction

  /// Makes an objective of a metric and its direction.
  public init(_ metric: Metric, _ direction: Direction) {
    self.metric = metric
    self.direction = direction
  }
}

/// One measured value of one metric.
public struct MetricPoint: Hashable, Sendable {
  public let metric: Metric
  /// Updates done when it was measured.
  public let step: Int
  /// Epochs done, 0 before training; counts from 1.
  public let epoch: Int
  public let value: Double
  /// Unix time in milliseconds.
  public let timeMilliseconds: Int64

  /// Makes a point.
  public init(_ metric: Metric, step: Int, epoch: Int, value: Double, timeMilliseconds: Int64) {
    self.metric = metric
    self.step = step
    self.epoch = epoch
    self.value = value
    self.timeMilliseconds = timeMilliseconds
  }
}
