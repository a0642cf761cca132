import Foundation
import GRDB
public import Machine
public import Tracking

/// The one thread of a process that writes what its runs measure.
///
/// Workers push into a `RunRecorder` each; the thread commits what has come every quarter of a
/// second, at once where many points wait.
public final class RunWriter: @unchecked Sendable {
  let store: RunStore
  /// The last state is kept of runs that trained for so long.
  let leastStateSeconds: Double

  // Guarded by `condition`.
  private let condition = MonotonicCondition()
  private var newcomers: [RunRecorder] = []
  private var endings: [RunEnding] = []
  private var isUrgent = false
  private var isClosing = false
  private var hasEnded = false
  private var asked = 0
  private var done = 0
  private var firstFailure: LabbookError?

  // Of the writer's thread alone.
  private var batches: [RunID: RunBatch] = [:]
  private let numbers = StoredNumbers()
  private var recorders: [RunID: RunRecorder] = [:]
  private var unwritten: [RunEnding] = []
  private var hasUnwritten = false
  /// Stopped runs whose checkpoint the store has.
  private var stored: Set<RunID> = []

  /// Starts the thread; where there can be none, `failure` says so and nothing is written.
  ///
  /// - Parameters:
  ///   - leastStateSeconds: of how long a training the last state is kept for longer runs; to begin a
  ///     shorter one anew costs less.
  ///   - threads: who makes the thread.
  public init(
    _ store: RunStore, leastStateSeconds: Double = 1, threads: ThreadMaker = .system
  ) {
    self.store = store
    self.leastStateSeconds = leastStateSeconds
    do throws(LabbookError) {
      _ = try WorkThread("labbook.writer", stackBytes: 4 << 20, by: threads) { [self] in loop() }
    } catch {
      firstFailure = error
      hasEnded = true
    }
  }

  /// What first kept the writer from writing; whoever trains looks at it and stops.
  public var failure: LabbookError? { condition.withLock { firstFailure } }

  /// The recorder of a claimed run.
  ///
  /// - Parameter start: from where it is trained; `nil` where that is yet to be said with
  ///   `RunRecorder.begin`, and the store shows nothing of the run until then.
  public func recorder(for claim: RunClaim, start: RunStart? = .anew) -> RunRecorder {
    let recorder = RunRecorder(claim, start, writer: self)
    condition.withLock { newcomers.append(recorder) }
    return recorder
  }

  /// Waits until all that was recorded before is committed.
  ///
  /// - Throws: the error that keeps the writer from writing.
  public func flush() throws {
    condition.lock()
    defer { condition.unlock() }
    asked += 1
    let mine = asked
    isUrgent = true
    condition.broadcast()
    while done < mine, firstFailure == nil, !hasEnded { condition.wait() }
    if let firstFailure { throw firstFailure }
  }

  /// Writes what is left and ends the thread, giving up the claims of runs that were not finished.
  ///
  /// - Throws: the error that kept something from being written.
  public func close() throws {
    condition.lock()
    isClosing = true
    condition.broadcast()
    while !hasEnded { condition.wait() }
    let failure = firstFailure
    condition.unlock()
    if let failure { throw failure }
  }

  func finish(_ ending: RunEnding) {
    let waiting = condition.withLock {
      endings.append(ending)
      if endings.count == 1 { condition.broadcast() }
      return endings.count
    }
    if waiting >= Self.greatestEndings { waitForRoom() }
  }

  func wake() {
    condition.withLock {
      isUrgent = true
      condition.broadcast()
    }
  }

  /// Holds a worker back that measures faster than the disk writes.
  func waitForRoom() { try? flush() }

  /// So long points wait at most before a transaction takes them.
  private static let delaySeconds = 0.25

  /// An end of a run waits so long for others, so that short runs share a transaction.
  private static let endingDelaySeconds = 0.03

  /// So many ended runs may wait for their transaction.
  private static let greatestEndings = 512

  /// Waits until there is something to write, or it is time to look.
  private func waitForWork() {
    var deadline = ContinuousClock.now + .seconds(Self.delaySeconds)
    var hasEndings = false
    while !isUrgent, !isClosing {
      if !hasEndings, !endings.isEmpty {
        hasEndings = true
        deadline = min(deadline, ContinuousClock.now + .seconds(Self.endingDelaySeconds))
      }
      if !condition.wait(seconds: (deadline - ContinuousClock.now) / .seconds(1)) { return }
    }
  }

  private func loop() {
    var isLast = false
    while !isLast {
      condition.lock()
      waitForWork()
      isLast = isClosing
      isUrgent = false
      let generation = asked
      for recorder in newcomers {
        recorders[recorder.claim.run] = recorder
        batches[recorder.claim.run] = RunBatch(recorder.claim)
      }
      newcomers = []
      unwritten += endings
      endings = []
      condition.unlock()
      let failure = commit()
      condition.lock()
      if let failure { firstFailure = firstFailure ?? failure } else { done = generation }
      if isLast {
        recorders = [:]
        batches = [:]
      }
      hasEnded = isLast
      condition.broadcast()
      condition.unlock()
    }
  }

  /// Writes everything that has come; what could not be written is kept for the next time.
  private func commit() -> LabbookError? {
    if hasUnwritten, let failure = write(endings: []) { return failure }
    let ended = Set(unwritten.map(\.recorder.claim.run))
    for (run, recorder) in recorders {
      recorder.drain(
        into: &batches[run, default: RunBatch(recorder.claim)], isLast: ended.contains(run))
    }
    if let failure = write(endings: unwritten) { return failure }
    for ending in unwritten {
      let claim = ending.recorder.claim
      recorders[claim.run] = nil
      batches[claim.run] = nil
      if ending.status.isResult, claim.mayHaveFolder { removeCheckpoint(ending) }
      claim.release()
    }
    unwritten = []
    return nil
  }

  /// Removes the checkpoint of a run that ended, unless it is stopped and its checkpoint too large for
  /// the store, and its folder where nothing else is in it.
  private func removeCheckpoint(_ ending: RunEnding) {
    let run = ending.recorder.claim.run
    if ending.status != .stopped || stored.contains(run) { unlink(store.checkpointPath(run)) }
    rmdir(store.folder(of: run))
    stored.remove(run)
  }

  /// One transaction with all batches and, after their points, the ends of runs.
  private func write(endings: [RunEnding]) -> LabbookError? {
    let touched = batches.filter { !$0.value.isEmpty }.keys
    guard !touched.isEmpty || !endings.isEmpty else { return nil }
    do {
      try store.write { db in
        for run in touched { try batches[run]?.insert(db, numbers) }
        for ending in endings {
          try batches[ending.recorder.claim.run]?.beginAtEnd(db, numbers)
          try Self.end(ending, db)
          try keepCheckpoint(ending, db)
        }
      }
    } catch {
      numbers.forget()
      hasUnwritten = true
      return error as? LabbookError ?? .failure("\(error)")
    }
    for run in touched { batches[run]?.clear() }
    hasUnwritten = false
    return nil
  }

  private static func end(_ ending: RunEnding, _ db: Database) throws {
    let claim = ending.recorder.claim
    let end = try RawStatement(
      db, "UPDATE runs SET status = ?, ended_at = ?, duration_s = ?, message = ? WHERE id = ?")
    end.clear()
    end.bind(ending.status.rawValue, at: 1)
    end.bind(Timestamp.now(), at: 2)
    if let seconds = ending.durationSeconds { end.bind(seconds, at: 3) }
    if let message = ending.message { end.bind(message, at: 4) }
    end.bind(claim.row, at: 5)
    try end.run()
    try BestValues.fill(claim.row, db)
  }

  /// Brings the checkpoint of a stopped run into the store where it is small, so that it leaves no file;
  /// any other result needs none.
  private func keepCheckpoint(_ ending: RunEnding, _ db: Database) throws {
    let claim = ending.recorder.claim
    guard ending.status.isResult, claim.mayHaveFolder else { return }
    if ending.status == .stopped {
      let path = batches[claim.run]?.checkpoint?.path ?? store.checkpointPath(claim.run)
      if let data = FileManager.default.contents(atPath: path) {
        guard data.count <= SmallFiles.greatestBytes else {
          try db.execute(sql: "DELETE FROM checkpoints WHERE run = ?", arguments: [claim.row])
          return
        }
        try db.execute(
          sql: "INSERT OR REPLACE INTO checkpoints (run, data) VALUES (?, ?)",
          arguments: [claim.row, data])
      }
      stored.insert(claim.run)
    } else {
      try db.cachedStatement(sql: "DELETE FROM checkpoints WHERE run = ?")
        .execute(arguments: [claim.row])
    }
  }
}
