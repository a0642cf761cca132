/// A measured quantity by its name in the store, with its unit and the direction that is better.
public struct Metric: Hashable, Sendable, CustomStringConvertible {
  /// The name in the store.
  public let name: String

  /// Makes a metric of its name, such as `val/loss`.
  public init(_ name: String) { self.name = name }

  /// The name.
  public var description: String { name }

  /// Mean loss over the training rows as they were trained.
  public static let trainLoss = Metric("train/loss")
  /// Share of training rows classified rightly as they were trained.
  public static let trainAccuracy = Metric("train/accuracy")
  /// The training loss with its penalties.
  public static let trainObjective = Metric("train/objective")
  /// Mean loss over the validation part.
  public static let valLoss = Metric("val/loss")
  /// Accuracy on the validation part.
  public static let valAccuracy = Metric("val/accuracy")
  /// Mean loss over the test part.
  public static let testLoss = Metric("test/loss")
  /// Accuracy on the test part.
  public static let testAccuracy = Metric("test/accuracy")
  /// Mean loss of one batch.
  public static let batchLoss = Metric("batch/loss")
  /// Accuracy on one batch.
  public static let batchAccuracy = Metric("batch/accuracy")
  /// The rate of the last update.
  public static let learningRate = Metric("lr")
  /// Mean over the epoch of the gradient's norm before clipping.
  public static let gradNorm = Metric("grad_norm")

  /// Mean of what a layer puts out.
  public static func activationMean(layer: String) -> Metric {
    Metric("layer/\(layer)/activation_mean")
  }
  /// Deviation of what a layer puts out.
  public static func activationDeviation(layer: String) -> Metric {
    Metric("layer/\(layer)/activation_std")
  }
  /// Norm of a parameter's gradient before clipping.
  public static func gradientNorm(parameter: String) -> Metric {
    Metric("layer/\(parameter)/grad_norm")
  }
  /// Share of a parameter's numbers below 1e-3.
  public static func smallShare(parameter: String) -> Metric { Metric("layer/\(parameter)/small") }

  /// Root of the mean squared error of a part, in the target's own units.
  public static func rmse(_ part: String) -> Metric { Metric(part + "/rmse") }
  /// Mean absolute error of a part, in the target's own units.
  public static func mae(_ part: String) -> Metric { Metric(part + "/mae") }
  /// Share of the target's variance that is predicted on a part: 1 is all, below 0 is worse than its
  /// mean.
  public static func r2(_ part: String) -> Metric { Metric(part + "/r2") }

  /// Whether a greater value is better: true of accuracies, f1, auc and r2.
  public var isHigherBetter: Bool {
    isAccuracy || ["r2", "f1", "auc", "balanced_accuracy"].contains(lastWord)
  }

  /// Whether it says how good predictions are beside loss and accuracy, which not every version
  /// measured.
  public var isScore: Bool {
    ["rmse", "mae", "r2", "f1", "auc", "balanced_accuracy"].contains(lastWord)
  }

  /// What stands behind the last slash.
  private var lastWord: String {
    name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private var isAccuracy: Bool { name == "accuracy" || name.hasSuffix("/accuracy") }

  /// Which way is better, by the last word of the name: up for accuracy, auc, f1 and r2, down for
  /// losses, errors and what takes time; `nil` where the name does not say it.
  public var direction: Direction? {
    if isTiming { return .minimize }
    let word = name[
      (name.lastIndex { $0 == "/" || $0 == "_" }.map(name.index(after:)) ?? name.startIndex)...]
    switch word {
    case "accuracy", "auc", "f1", "r2": return .maximize
    case "loss", "objective", "error", "mse", "rmse", "mae": return .minimize
    default: return nil
    }
  }

  /// Whether the value depends on the clock, so that two equal runs may differ in it.
  public var isTiming: Bool { name.hasPrefix("time/") }

  /// What an axis says beside the name; `nil` for a pure number.
  public var unit: String? {
    if isAccuracy { return "share of rows" }
    if isTiming || name == "duration_s" { return "s" }
    return nil
  }
}

extension Metric: Codable {
  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

/// Whether a metric is to be made small or large.
public enum Direction: String, Hashable, Codable, Sendable {
  case minimize, maximize

  /// Whether `a` is strictly better than `b`; not-a-number is worse than anything.
  public func isBetter(_ a: Double, than b: Double) -> Bool {
    if a.isNaN { return false }
    if b.isNaN { return true }
    return self == .minimize ? a < b : a > b
  }
}

/// The metric by which epochs are compared, and its direction.
public struct Objective: Hashable, Codable, Sendable {
  /// What was measured, or is compared.
  public let metric: Metric
  /// Which way is better.
  public let direction: Direction

  /// Makes an objective of a metric and its direction.
  public init(_ metric: Metric, _ direction: Direction) {
    self.metric = metric
    self.direction = direction
  }

  /// The direction in which a metric of the same runs is better; `nil` where nobody has said it.
  ///
  /// - Parameter told: what a file says of metrics that nobody knows.
  public func direction(of other: Metric, _ told: MetricDirections? = nil) -> Direction? {
    if other == metric { return direction }
    return told?.direction(of: other) ?? other.direction
  }
}

/// One measured value of one metric.
public struct MetricPoint: Hashable, Codable, Sendable {
  /// What was measured, or is compared.
  public let metric: Metric
  /// Updates done when it was measured.
  public let step: Int
  /// Epochs done, 0 before training; counts from 1.
  public let epoch: Int
  /// The measured value; not finite where training diverged.
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

/// Which of a run's values of a metric stands for it.
public enum MetricValue: String, Hashable, Codable, Sendable, CaseIterable {
  /// The final one.
  case last
  /// The one at the epoch that the objective chose.
  case best
}
