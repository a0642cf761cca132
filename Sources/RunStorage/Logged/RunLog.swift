import Foundation
import GRDB
public import Tracking

/// Takes the points of runs that another process trains, which alone writes them.
public protocol PointForwarder: Sendable {
  /// Hands points on to the process that trains a run.
  ///
  /// - Returns: false where no living process takes them.
  func forward(_ points: [LoggedPoint], to run: RunID) throws -> Bool
}

/// Writes what programs log through MLflow's API, on one thread: all that waits goes into one transaction,
/// and each is answered once that is committed.
public final class RunLog: @unchecked Sendable {
  let store: RunStore
  /// Who takes the points of runs that are trained here; `nil` for nobody.
  let forwarder: (any PointForwarder)?
  /// What is known of the store's words and runs; used by the thread alone.
  let words = LogWords()

  private let condition = NSCondition()
  // Guarded by `condition`.
  private var waiting: [Job] = []
  private var isClosed = false
  private var isRunning = false

  /// One wish within a transaction.
  private struct Job {
    let work: (Database) throws -> Void
    /// Tells whoever waits, with the error of the whole transaction where it failed.
    let answer: ((any Error)?) -> Void
  }

  /// Writes into a store.
  public init(_ store: RunStore, forwarder: (any PointForwarder)? = nil) {
    self.store = store
    self.forwarder = forwarder
  }

  deinit { close() }

  /// Writes what waits, then ends the thread.
  public func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }

  /// Does work within the next transaction, and returns once it is committed.
  ///
  /// What it throws undoes its own work alone; it checks before it writes, or it asks for a savepoint.
  func submit<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { waiting in
      var result: Result<Value, any Error>?
      let job = Job { db in
        result = Result { try work(db) }
        if case .failure(let error as DatabaseError)? = result { throw error }
      } answer: { error in
        if let error {
          waiting.resume(throwing: error)
        } else if let result {
          waiting.resume(with: result)
        }
      }
      add(job)
    }
  }

  private func add(_ job: Job) {
    condition.lock()
    guard !isClosed else {
      condition.unlock()
      return job.answer(LabbookError.failure("the server is ending"))
    }
    waiting.append(job)
    if !isRunning {
      isRunning = true
      let thread = Thread { [weak self] in
        while let log = self, log.writeNext() {}
      }
      thread.name = "labbook.log"
      thread.start()
    }
    condition.signal()
    condition.unlock()
  }

  /// Writes what waits; false once the log is closed or nothing came for a while.
  private func writeNext() -> Bool {
    condition.lock()
    if waiting.isEmpty, !isClosed { _ = condition.wait(until: Date(timeIntervalSinceNow: 1)) }
    let jobs = waiting
    waiting = []
    if jobs.isEmpty { isRunning = false }
    condition.unlock()
    if jobs.isEmpty { return false }
    write(jobs)
    return true
  }

  private func write(_ jobs: [Job]) {
    do {
      try store.write { db in
        for job in jobs { try job.work(db) }
        try words.finish(db)
      }
      for job in jobs { job.answer(nil) }
    } catch {
      words.forget()
      // One of them may be at fault, such as a disk that is full for a large one: each alone.
      guard jobs.count > 1 else { return jobs[0].answer(error) }
      for job in jobs { write([job]) }
    }
  }
}
