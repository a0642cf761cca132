import Foundation
import RunStorage
import Runs
import Sweeps
import Synchronization
import Tracking

/// Brings what one run tells into the store, and to the display.
final class StoreSink: RunSink {
  private let recorder: RunRecorder
  private let job: TrainingJob
  private let shared: SharedWork
  private let found = Mutex<[StateOrigin: SavedState]>([:])
  private let control: RunControl
  private let attempt: RunAttempt?
  /// The number of the rung at which its rule looks at the run next.
  private let nextRung = Mutex(0)

  init(
    _ recorder: RunRecorder, _ job: TrainingJob, _ shared: SharedWork, _ control: RunControl,
    _ attempt: RunAttempt? = nil
  ) {
    self.control = control
    self.attempt = attempt
    self.recorder = recorder
    self.job = job
    self.shared = shared
  }

  var checkpointSeconds: Double? { shared.options.checkpointSeconds }

  func savedState(_ origin: StateOrigin) throws -> Checkpoint? {
    guard let state = try find(origin) else { return nil }
    found.withLock { $0[origin] = state }
    return state.checkpoint
  }

  /// Says why states were not used; a state that was not asked for before is looked for now.
  func begin(from origin: StateOrigin?, refused: [String]) throws {
    for why in refused { shared.board.say("\(job.label): starts over: \(why)") }
    guard let origin else { return recorder.begin(.anew) }
    guard let state = try found.withLock({ $0[origin] }) ?? find(origin) else {
      throw LabbookError.failure("the state that the run went on from is gone")
    }
    recorder.begin(state.start)
    shared.board.goesOn(recorder.claim.run, isContinued: state.source != nil)
  }

  /// A run that was never begun has no state of its own.
  private func find(_ origin: StateOrigin) throws -> SavedState? {
    if origin == .own, let restart = attempt?.restart {
      return SavedState(checkpoint: restart, source: nil)
    }
    if origin == .own, !recorder.claim.isAgain { return nil }
    return try SavedStates(shared, job, recorder.claim.run).find(origin)
  }

  func record(_ points: [MetricPoint]) {
    recorder.record(points)
    if job.configuration.network == nil {
      shared.board.measured(recorder.claim.run, points, job.request.objective.metric)
    }
    if let value = points.last(where: { $0.metric == job.request.objective.metric })?.value {
      shared.board.measured(recorder.claim.run, value)
      judge(points)
    }
  }

  /// Ends the run where the rule of its sweep says so at a rung that it has got to.
  private func judge(_ points: [MetricPoint]) {
    guard let name = job.judge, let sweep = shared.judge.sweep(name) else { return }
    let place = points.reduce(0) {
      max($0, sweep.rule.measure.place(epoch: $1.epoch, step: $1.step))
    }
    var number = nextRung.withLock { $0 }
    defer { nextRung.withLock { $0 = number } }
    while sweep.rule.rung(number) <= place, control.requestedEnding == nil {
      do {
        if try !shared.judge.goesOn(job.request.key, at: sweep.rule.rung(number), of: sweep) {
          control.end(as: .stopped)
        }
      } catch { return shared.fail(error) }
      number += 1
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
    // Whoever trained it elsewhere has judged by its own clock.
    guard let lineage = job.request.lineage, attempt != nil || recorder.isWorthGoingOn,
      let checkpoint = try checkpoint()
    else { return }
    try recorder.writeState(checkpoint, lineage: lineage)
  }

  func writeArtifact(_ name: String, _ data: Data) throws {
    try recorder.writeArtifact(name, data)
  }

  func ownFolder() throws -> RunFolderPlace { try recorder.ownFolder() }

  func takeFile(_ name: String, at path: String) throws {
    try recorder.takeFile(name, at: path)
  }

  func note(_ text: String) { shared.board.say("\(job.label): \(text)", once: text) }

  func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {
    recorder.finish(status, durationSeconds: durationSeconds, message: message)
    shared.board.ended(recorder.claim.run, job, status, message)
  }
}
