public import Foundation
import Synchronization
public import Tracking

/// Takes what one claimed run measures and hands it to the writer, without waiting for the disk.
///
/// It is used by the run's worker; only the writer's thread empties it.
public final class RunRecorder: Sendable {
  /// The claim under which the run is trained.
  public let claim: RunClaim
  private let writer: RunWriter
  private let state = Mutex(State())

  private struct State {
    var buffer = PointBuffer()
    var chosen: ChosenEpoch?
    var artifacts: [ArtifactRecord] = []
  }

  init(_ claim: RunClaim, writer: RunWriter) {
    self.claim = claim
    self.writer = writer
  }

  /// Takes points, in the store within half a second; those of one step that come together are
  /// stored together.
  ///
  /// A metric is recorded once a step.
  public func record(_ points: some Sequence<MetricPoint>) {
    let count = state.withLock { state in
      state.buffer.append(points)
      return state.buffer.count
    }
    if count >= Self.wakingCount { writer.wake() }
    if count >= Self.greatestCount { writer.waitForRoom() }
  }

  /// Notes that the objective is best so far at this epoch.
  public func choose(step: Int, epoch: Int) {
    state.withLock { $0.chosen = ChosenEpoch(step: step, epoch: epoch) }
  }

  /// Writes a file of the run under a temporary name, then renames it.
  ///
  /// - Throws: `LabbookError` where it cannot be written.
  public func writeArtifact(_ name: String, _ data: Data) throws {
    let record = try writer.store.writeFile(name, of: claim.run, data)
    state.withLock { $0.artifacts.append(record) }
  }

  /// Ends the run; its status is committed together with its last points, or after them, and then
  /// the claim is given up.
  public func finish(_ status: RunStatus, durationSeconds: Double?, message: String? = nil) {
    writer.finish(
      RunEnding(
        recorder: self, status: status, durationSeconds: durationSeconds, message: message))
  }

  /// What came since the last call.
  func drain(into batch: inout RunBatch) {
    state.withLock { state in
      swap(&batch.buffer, &state.buffer)
      batch.chosen = state.chosen
      batch.artifacts = state.artifacts
      state.chosen = nil
      state.artifacts = []
    }
  }

  /// So many waiting points are worth a transaction of their own.
  private static let wakingCount = 8_192
  /// So many are too many to wait for a slow disk.
  private static let greatestCount = 2_000_000
}

/// The epoch that the objective chose.
struct ChosenEpoch: Sendable {
  let step: Int
  let epoch: Int
}

/// How a run ended.
struct RunEnding: Sendable {
  let recorder: RunRecorder
  let status: RunStatus
  let durationSeconds: Double?
  let message: String?
}
