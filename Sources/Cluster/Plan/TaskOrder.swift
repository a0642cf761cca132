import Foundation
public import Runs
import Tracking

/// One run of a task: what is trained, and how long that takes.
public struct TaskOrder: Hashable, Codable, Sendable {
  /// What the run is called in the store that asked for it.
  public let run: String
  /// What is trained, with the states from which it may go on.
  public let order: TrainingOrder
  /// Seconds that it takes on one core, as predicted; 0 where nobody knows.
  public let seconds: Double

  /// Makes the order of a run.
  public init(run: String, order: TrainingOrder, seconds: Double) {
    self.run = run
    self.order = order
    self.seconds = seconds
  }

  /// The run's key.
  public var key: String { order.job.request.key }
}
