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
      guard OpenFileLock.take(state.descriptor, OpenFileLock.byte(row), .exclusive) else {
        return false
      }
      state.held.insert(row)
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
    if isWritable, OpenFileLock.take(state.descriptor, Self.presence, .exclusive) { unlink(path) }
    Glibc.close(state.descriptor)
    state.descriptor = -1
  }

  /// Whoever has the file open shares this byte, so that nobody removes it meanwhile.
  private static let presence: off_t = 1 << 62

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
      guard OpenFileLock.take(descriptor, Self.presence, .sharedWaiting) else {
        let reason = systemReason(errno)
        Glibc.close(descriptor)
        throw LabbookError.failure("'\(path)' cannot be locked: \(reason)")
      }
      // Its last user may have removed the file between the two calls.
      if isFile(descriptor) { return descriptor }
      Glibc.close(descriptor)
    }
  }

  private func isFile(_ descriptor: Int32) -> Bool {
    var mine = stat()
    var named = stat()
    return fstat(descriptor, &mine) == 0 && lstat(path, &named) == 0
      && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
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

/// The locks of Linux on single bytes of an open file.
private enum OpenFileLock {
  enum Mode {
    case exclusive, sharedWaiting
  }

  private static let get: Int32 = 36  // F_OFD_GETLK
  private static let set: Int32 = 37  // F_OFD_SETLK
  private static let setWaiting: Int32 = 38  // F_OFD_SETLKW

  static func byte(_ row: Int64) -> off_t { off_t(row) }

  static func take(_ descriptor: Int32, _ byte: off_t, _ mode: Mode) -> Bool {
    var lock = range(byte, mode == .exclusive ? F_WRLCK : F_RDLCK)
    while fcntl(descriptor, mode == .exclusive ? set : setWaiting, &lock) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  static func free(_ descriptor: Int32, _ byte: off_t) {
    var lock = range(byte, F_UNLCK)
    _ = fcntl(descriptor, set, &lock)
  }

  static func isTaken(_ descriptor: Int32, _ byte: off_t) -> Bool {
    var lock = range(byte, F_WRLCK)
    return fcntl(descriptor, get, &lock) != 0 || lock.l_type != Int16(F_UNLCK)
  }

  private static func range(_ byte: off_t, _ type: Int32) -> flock {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = byte
    lock.l_len = 1
    return lock
  }
}
