import Foundation
import Synchronization
import Tracking

/// The claims of one open store: a byte of one lock file for each run, by the run's row.
///
/// The locks belong to the open file, not to the process: they go when its last descriptor closes,
/// however the process ends, and two stores of one process exclude each other as two processes do.
/// Threads that share a store are told apart by a table. Whoever closes the file last removes it.
final class ClaimLocks: Sendable {
  private let path: String
  private let isWritable: Bool
  private let state = Mutex(State())

  private struct State {
    var descriptor: Int32 = -1
    var held: Set<Int64> = []
    var isClosed = false
  }

  /// - Parameter path: the lock file, which is made with the first claim.
  init(_ path: String, isWritable: Bool) {
    self.path = path
    self.isWritable = isWritable
  }

  deinit { state.withLock { closeFile(&$0) } }

  /// Takes the claim of a row; `nil` where somebody holds it.
  ///
  /// - Throws: `LabbookError` where the lock file cannot be made.
  func tryLock(_ row: Int64) throws -> ClaimLock? {
    let isTaken = try state.withLock { state in
      if state.held.contains(row) { return false }
      if state.descriptor < 0 { state.descriptor = try open(create: true) ?? -1 }
      switch OpenFileLock.ask(state.descriptor, OpenFileLock.byte(row), .exclusive) {
      case .taken: state.held.insert(row)
      case .held: return false
      case .refused(let reason): throw LabbookError.noLocks(path, reason)
      }
      return true
    }
    return isTaken ? ClaimLock(row, self) : nil
  }

  /// Whether somebody holds the claim of a row, this process included.
  func isHeld(_ row: Int64) -> Bool {
    state.withLock { state in
      if state.held.contains(row) { return true }
      if state.descriptor < 0 { state.descriptor = (try? open(create: false)) ?? -1 }
      return state.descriptor >= 0
        && OpenFileLock.isTaken(state.descriptor, OpenFileLock.byte(row))
    }
  }

  fileprivate func release(_ row: Int64) {
    state.withLock { state in
      state.held.remove(row)
      OpenFileLock.free(state.descriptor, OpenFileLock.byte(row))
      if state.isClosed, state.held.isEmpty { closeFile(&state) }
    }
  }

  /// Closes the file once no claim is left, and removes it where nobody else has it open.
  func close() {
    state.withLock { state in
      state.isClosed = true
      if state.held.isEmpty { closeFile(&state) }
    }
  }

  private func closeFile(_ state: inout State) {
    // One that a killed process left may lie there.
    if isWritable, state.descriptor < 0 { state.descriptor = (try? open(create: false)) ?? -1 }
    guard state.descriptor >= 0 else { return }
    if isWritable, OpenFileLock.take(state.descriptor, OpenFileLock.presence, .exclusive) {
      unlink(path)
    }
    Glibc.close(state.descriptor)
    state.descriptor = -1
  }

  /// Opens the file; `nil` where there is none and none is to be made.
  private func open(create: Bool) throws -> Int32? {
    let flags = isWritable ? O_RDWR | (create ? O_CREAT : 0) : O_RDONLY
    while true {
      let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if descriptor < 0, errno == EINTR { continue }
      guard descriptor >= 0 else {
        if !create { return nil }
        throw LabbookError.failure(
          "the lock '\(path)' cannot be made: \(systemReason(errno))")
      }
      guard isWritable else { return descriptor }
      if case .refused(let reason) = OpenFileLock.ask(
        descriptor, OpenFileLock.presence, .sharedWaiting)
      {
        Glibc.close(descriptor)
        throw LabbookError.noLocks(path, reason)
      }
      // Its last user may have removed the file between the two calls.
      if OpenFileLock.isFile(descriptor, at: path) { return descriptor }
      Glibc.close(descriptor)
    }
  }
}

/// The claim of one row, given up when it is released or forgotten.
final class ClaimLock: Sendable {
  private let row: Int64
  private let locks: ClaimLocks
  private let isReleased = Atomic(false)

  fileprivate init(_ row: Int64, _ locks: ClaimLocks) {
    self.row = row
    self.locks = locks
  }

  deinit { release() }

  func release() {
    if !isReleased.exchange(true, ordering: .relaxed) { locks.release(row) }
  }
}

extension LabbookError {
  /// A file system that gives no locks, without which two processes train a run twice.
  static func noLocks(_ path: String, _ reason: Int32) -> LabbookError {
    .failure(
      "'\(path)' cannot be locked: \(systemReason(reason))",
      hint: "keep the store on a local disk, with LABBOOK_RUNS for a folder that others see, or "
        + "have the file system mounted with locks")
  }
}
