import Foundation
import RunStorage
import Tracking

/// Trains runs one after the other on a thread of its own until none is left.
final class Worker: Sendable {
  private let shared: SharedWork
  private let queue: JobQueue
  private let slot: ProgressSlot

  init(_ shared: SharedWork, _ queue: JobQueue, slot: ProgressSlot) {
    self.shared = shared
    self.queue = queue
    self.slot = slot
  }

  /// Starts the thread; `group` is left when it ends.
  func start(_ number: Int, in group: DispatchGroup) {
    group.enter()
    let thread = Thread { [self] in
      work()
      group.leave()
    }
    thread.name = "labbook.worker.\(number)"
    thread.stackSize = 16 << 20
    thread.start()
  }

  private func work() {
    while !shared.stop.isRaised, let (index, wasBusy) = queue.next() {
      if wasBusy { pause() }
      do {
        try take(index)
      } catch {  // The store cannot be used any more, by nobody.
        shared.fail(error)
        return
      }
    }
  }

  private func take(_ index: Int) throws {
    let (job, run) = queue.jobs[index]
    switch try shared.store.claim(run, limit: job.limit, environment: shared.options.environment) {
    case .busy:
      shared.board.isBusyElsewhere(run)
      queue.postpone(index)
    case .finished(let status):
      shared.board.wasFinishedElsewhere(run, job, status)
    case .removed:
      shared.board.say("\(job.label): was removed from the store meanwhile")
      shared.board.wasFinishedElsewhere(run, job, .planned)
    case .claimed(let claim):
      train(job, shared.writer.recorder(for: claim, start: nil))
    }
  }

  private func train(_ job: TrainingJob, _ recorder: RunRecorder) {
    let run = recorder.claim.run
    slot.begin(job)
    shared.board.began(run)
    let context = TrainingContext(
      stop: shared.stop, slot: slot, recorder: recorder, objective: job.request.objective,
      board: shared.board, states: SavedStates(recorder, job, shared))
    var status = RunStatus.failed
    var message: String?
    var seconds: Double?
    do {
      let outcome = try job.work(context)
      status = outcome.status
      message = outcome.message
      seconds = outcome.durationSeconds
    } catch {
      message = String(describing: error)
    }
    recorder.finish(status, durationSeconds: seconds, message: message)
    shared.board.ended(run, job, updates: slot.end(), status, message)
  }

  /// Gives another process some time; ends early where the work is to stop.
  private func pause() {
    for _ in 0..<10 where !shared.stop.isRaised { usleep(10_000) }
  }
}
