public import Foundation
public import RunStorage
public import Tracking

/// What a training is given by whoever runs it: where measurements go, and whether to go on.
///
/// Nothing here waits for the disk.
public final class TrainingContext: Sendable {
  private let stop: StopSignal
  private let slot: ProgressSlot
  private let recorder: RunRecorder?
  private let objective: Objective
  private let board: ProgressBoard
  private let states: SavedStates?

  init(
    stop: StopSignal, slot: ProgressSlot, recorder: RunRecorder?, objective: Objective,
    board: ProgressBoard, states: SavedStates? = nil
  ) {
    self.stop = stop
    self.slot = slot
    self.recorder = recorder
    self.objective = objective
    self.board = board
    self.states = states
  }

  /// Seconds of training between two checkpoints; `nil` where none are kept.
  public var checkpointSeconds: Double? { states?.checkpointSeconds }

  /// Goes on from where the run, or a shorter one, was left; otherwise it begins anew.
  ///
  /// - Parameters:
  ///   - maker: what computes, such as kernels and BLAS; a state of another maker is not used.
  ///   - restore: takes the state; where it throws the next one is tried.
  public func begin(maker: String, restore: (Data) throws -> Void) {
    states?.begin(maker: maker, restore: restore)
  }

  /// Keeps a checkpoint of the run, made on another thread; training goes on where it cannot be
  /// written.
  public func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) {
    states?.save(checkpoint)
  }

  /// Keeps the last state for runs that train longer.
  ///
  /// - Throws: `LabbookError` where it cannot be written.
  public func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {
    try states?.keepForLonger(checkpoint)
  }

  /// Whether to end before the next update.
  public var shouldStop: Bool { stop.isRaised }

  /// Lets a training be watched and ended from another thread, instead of `shouldStop` and `advance`.
  public func attach(_ live: any LiveRun) {
    slot.attach(live)
    if stop.isRaised { live.interrupt() }
  }

  /// Says how many updates are done.
  public func advance(to updates: Int) { slot.advance(to: updates) }

  /// Takes what was measured.
  public func record(_ points: [MetricPoint]) {
    recorder?.record(points)
    if let value = points.last(where: { $0.metric == objective.metric })?.value {
      slot.measured(value)
    }
  }

  /// Says that the objective is best so far at this epoch, and what it is there.
  public func choose(step: Int, epoch: Int, value: Double) {
    recorder?.choose(step: step, epoch: epoch)
    board.offer(value, of: slot.label, objective)
  }

  /// Stores a file of the run.
  ///
  /// - Throws: `LabbookError` where it cannot be written.
  public func writeArtifact(_ name: String, _ data: Data) throws {
    try recorder?.writeArtifact(name, data)
  }
}
