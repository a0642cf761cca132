import Foundation
import RunStorage
import Runs
import Tracking

/// Brings what one run tells into the store, and to the display.
final class StoreSink: RunSink {
  private let recorder: RunRecorder
  private let job: TrainingJob
  private let shared: SharedWork

  init(_ recorder: RunRecorder, _ job: TrainingJob, _ shared: SharedWork) {
    self.recorder = recorder
    self.job = job
    self.shared = shared
  }

  var checkpointSeconds: Double? { shared.options.checkpointSeconds }

  /// Tries the run's own checkpoint, then the last state of a shorter run, and begins anew where
  /// neither can be used; says so where one is damaged.
  func begin(maker: String, restore: (Data) throws -> Void) {
    for find in [own, shorter] {
      do {
        guard let saved = try find() else { continue }
        guard saved.checkpoint.maker == maker else {
          throw LabbookError.failure(
            "the saved state was computed with \(saved.checkpoint.maker), here it is \(maker)")
        }
        try restore(saved.checkpoint.state)
        recorder.begin(saved.start)
        shared.board.goesOn(recorder.claim.run, isContinued: saved.source != nil)
        return
      } catch {
        shared.board.say("\(job.label): starts over: \(error)")
      }
    }
    recorder.begin(.anew)
  }

  private func own() throws -> SavedState? {
    recorder.claim.isAgain ? try shared.store.checkpoint(of: recorder.claim.run) : nil
  }

  private func shorter() throws -> SavedState? {
    guard let lineage = job.request.lineage, let updates = job.request.updates,
      !shared.options.isFresh
    else { return nil }
    return try shared.store.continuation(of: lineage, updates: updates)
  }

  func record(_ points: [MetricPoint]) {
    recorder.record(points)
    if let value = points.last(where: { $0.metric == job.request.objective.metric })?.value {
      shared.board.measured(recorder.claim.run, value)
    }
  }

  func choose(step: Int, epoch: Int, value: Double) {
    recorder.choose(step: step, epoch: epoch)
    shared.board.offer(value, of: job.label, job.request.objective, run: recorder.claim.run)
  }

  func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) {
    recorder.writeCheckpoint(checkpoint) { [board = shared.board] error in
      board.say("no checkpoint: \(error)", once: "checkpoint")
    }
  }

  func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {
    guard let lineage = job.request.lineage, recorder.isWorthGoingOn,
      let checkpoint = try checkpoint()
    else { return }
    try recorder.writeState(checkpoint, lineage: lineage)
  }

  func writeArtifact(_ name: String, _ data: Data) throws {
    try recorder.writeArtifact(name, data)
  }

  func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {
    recorder.finish(status, durationSeconds: durationSeconds, message: message)
    shared.board.ended(recorder.claim.run, job, status, message)
  }
}
