import Foundation
import Tracking

/// A lock of the operating system on a file; it dies with the process that holds it.
final class FileLock: Sendable {
  private let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Takes the lock; `nil` where somebody holds it.
  ///
  /// - Throws: `LabbookError` where the file cannot be made.
  static func tryLock(_ path: String) throws -> FileLock? {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw LabbookError.failure(
          "the lock '\(path)' cannot be made: \(String(cString: strerror(errno)))")
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        return nil
      }
      // Its last holder may have removed the file between the two calls.
      if isFile(descriptor, at: path) { return FileLock(path: path, descriptor: descriptor) }
      close(descriptor)
    }
  }

  /// Whether somebody holds the lock at `path`.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// Removes the file while the lock is still held, so that none is left of a run that ended.
  func remove() { unlink(path) }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var mine = stat()
    var named = stat()
    return fstat(descriptor, &mine) == 0 && stat(path, &named) == 0
      && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }
}
