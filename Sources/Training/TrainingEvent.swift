public import NeuralNet
public import Tracking

/// What a run tells while it trains, in the order in which it happens.
public enum TrainingEvent: Sendable {
  /// All points of one step.
  case points([MetricPoint])
  /// The objective is better at this epoch than at any before, and what it is there.
  case chosen(step: Int, epoch: Int, value: Double)
  /// All that the run needs to go on from here; every point up to here has been told.
  case checkpoint(TrainingState)
}

/// How a run ended, and what it left.
public struct RunOutcome: Sendable {
  /// Completed, diverged, or what the one who ended it asked for.
  public let status: RunStatus
  /// What ended it early, for people; `nil` where it reached its end.
  public let message: String?
  /// Training and evaluation, without loading data and without epoch 0.
  public let durationSeconds: Double
  /// The parameters after the last update.
  public let weights: [NamedTensor]
  /// The parameters at the epoch that the objective chose; `nil` where it chose none.
  public let bestWeights: [NamedTensor]?
  /// Updates done.
  public let updates: Int
}
