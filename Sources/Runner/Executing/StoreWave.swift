import RunStorage
import Runs
import Tracking

/// A wave's runs as a store has them.
final class StoreWave: WaveHost {
  private let shared: SharedWork
  private let source: WaveSource

  init(_ shared: SharedWork, _ source: WaveSource) {
    self.shared = shared
    self.source = source
  }

  var grows: Bool { source.growsOnArrival }

  func more() -> [AssignedRun] {
    do { return try source.more() } catch {
      shared.fail(error)
      return []
    }
  }

  var isStopping: Bool { shared.stop.isRaised }

  func open(_ run: AssignedRun, _ attempt: RunAttempt?) -> Opening {
    do {
      return try opening(run, attempt)
    } catch {  // The store cannot be used any more, by nobody.
      shared.fail(error)
      return .done
    }
  }

  private func opening(_ run: AssignedRun, _ attempt: RunAttempt?) throws -> Opening {
    let (job, board) = (run.job, shared.board)
    if !shared.options.wanted.letsBegin { return .done }
    // What was told of an earlier attempt is committed, and its claim free.
    if attempt != nil { try shared.writer.flush() }
    switch try shared.store.claim(
      run.run, limit: job.limit, job.measure,
      environment: attempt?.environment ?? shared.options.environment, isTaken: attempt != nil)
    {
    case .busy:
      board.isBusyElsewhere(run.run)
      return .busy
    case .finished(let status):
      board.wasFinishedElsewhere(run.run, job, status)
      return .done
    case .removed:
      board.say("\(job.label): was removed from the store meanwhile")
      board.wasFinishedElsewhere(run.run, job, .planned)
      return .done
    case .claimed(let claim):
      let recorder = shared.writer.recorder(for: claim, start: nil)
      let control = RunControl(shared.stop)
      board.began(run.run, job, control)
      return .opened(StoreSink(recorder, job, shared, control, attempt), control)
    }
  }

  func order(_ run: AssignedRun) throws -> TrainingOrder {
    let states = SavedStates(shared, run.job, run.run)
    return TrainingOrder(run.job, checkpointSeconds: shared.options.checkpointSeconds) {
      try states.find($0)?.checkpoint
    }
  }

  func hinder(_ why: String) {
    shared.board.hinder(why)
    shared.board.say(why, once: why)
  }

  func leave() { shared.stop.raise() }

  func say(_ text: String, once: String?) { shared.board.say(text, once: once) }
}

/// The states from which a run of the store may go on.
struct SavedStates {
  private let shared: SharedWork
  private let job: TrainingJob
  private let run: RunID

  init(_ shared: SharedWork, _ job: TrainingJob, _ run: RunID) {
    (self.shared, self.job, self.run) = (shared, job, run)
  }

  /// The state of an origin; `nil` where there is none.
  func find(_ origin: StateOrigin) throws -> SavedState? {
    switch origin {
    case .own: return try shared.store.checkpoint(of: run)
    case .shorter:
      guard let lineage = job.request.lineage, let updates = job.request.updates,
        !shared.options.isFresh
      else { return nil }
      return try shared.store.continuation(of: lineage, updates: updates)
    }
  }
}
