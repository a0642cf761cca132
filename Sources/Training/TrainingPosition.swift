public import Foundation
public import NeuralNet

/// Where a run stands between two updates: beside the program's state all it needs to go on.
public struct TrainingPosition: Codable, Hashable, Sendable {
  /// The epoch being trained, from 1; 0 before training.
  public var epoch = 0
  /// Rows of this epoch that have been trained.
  public var rows = 0
  /// Updates done.
  public var updates = 0
  /// What this epoch has measured so far.
  public var sums = EpochSums()
  /// The epoch that the objective chose, with its value.
  public var best: Best?
  /// Where the schedule `plateau` stands; `nil` for every other.
  public var plateau: Plateau?
  /// What the network put out for this epoch's rows so far, where the training part is scored and the
  /// epoch is not over; states of older versions have none.
  public var outputs: Data?
  /// Points told so far.
  public var points = 0
  /// Seconds of training and evaluation.
  public var seconds = 0.0

  /// Makes the position before the first update.
  public init() {}

  /// The epoch with the best objective.
  public struct Best: Codable, Hashable, Sendable {
    /// The epoch, from 1; 0 where nothing is trained.
    public var epoch: Int
    /// Updates done by then.
    public var step: Int
    /// The objective's value.
    public var value: Double
  }
}

/// What the updates of an epoch add up to, over its rows.
public struct EpochSums: Codable, Hashable, Sendable {
  /// Sum over rows of the loss without penalties.
  public var loss = 0.0
  /// Rows that were right.
  public var correct = 0
  /// Sum over rows of the penalties of their updates.
  public var penalty = 0.0
  /// Sum over updates of the gradient's norm.
  public var gradientNorm = 0.0
  /// Updates that were added.
  public var updates = 0
  /// The learning rate of the last update.
  public var rate = 0.0

  /// Makes the sums of nothing.
  public init() {}
}
