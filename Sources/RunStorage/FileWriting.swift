import Foundation
import Tracking

/// Writes the files that belong to runs.
enum FileWriting {
  /// Writes `data` as the whole file at `path`.
  ///
  /// It does not wait for the disk, as `Data.write` does: a sweep of short runs would spend its time on
  /// that, and a file that a power cut damages is known by its checksum.
  ///
  /// - Throws: `LabbookError` that names `target` and says why; then there is no file.
  static func write(_ data: Data, to path: String, as target: String) throws(LabbookError) {
    unlink(path)  // A link that lies there is not followed.
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw failure(target) }
    let isWritten = data.writeAll(to: descriptor)
    let reason = errno
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed else {
      if !isWritten { errno = reason }
      let error = failure(target)
      unlink(path)
      throw error
    }
  }

  private static func failure(_ target: String) -> LabbookError {
    .failure("'\(target)' cannot be written: \(systemReason(errno))")
  }
}
