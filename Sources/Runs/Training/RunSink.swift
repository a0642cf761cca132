public import Foundation
public import Tracking

/// Where one run's trainer tells what happens, in the order in which it happens.
///
/// Nothing here waits for a disk.
public protocol RunSink: AnyObject, Sendable {
  /// Seconds of training between two checkpoints; `nil` where none are kept.
  var checkpointSeconds: Double? { get }

  /// Goes on from where the run, or a shorter one, was left; otherwise it begins anew. Called once,
  /// before anything is told.
  ///
  /// - Parameters:
  ///   - maker: what computes, such as kernels; a state of another maker is not used.
  ///   - restore: takes the state; where it throws the next one is tried.
  func begin(maker: String, restore: (Data) throws -> Void)

  /// Takes what was measured; those of one step that come together are stored together.
  func record(_ points: [MetricPoint])

  /// Says that the objective is best so far at this epoch, and what it is there.
  func choose(step: Int, epoch: Int, value: Double)

  /// Keeps a checkpoint, made on another thread; training goes on where it cannot be written.
  func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint)

  /// Keeps the last state for runs that train longer.
  ///
  /// - Throws: what keeps it from being written.
  func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws

  /// Keeps a file of the run.
  ///
  /// - Throws: what keeps it from being written.
  func writeArtifact(_ name: String, _ data: Data) throws

  /// Ends the run, after all that was told before.
  ///
  /// - Parameter durationSeconds: of training and evaluation; `nil` where it failed.
  func finish(_ status: RunStatus, durationSeconds: Double?, message: String?)
}
