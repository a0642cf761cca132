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

  /// The size and the SHA-256 of a file that somebody else wrote.
  ///
  /// - Throws: `LabbookError` where it cannot be read.
  static func measured(_ path: String) throws(LabbookError) -> (bytes: Int, sha256: String) {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else {
      throw .failure("'\(path)' cannot be read: \(systemReason(errno))")
    }
    defer { close(file) }
    var digest = SHA256Digest()
    var total = 0
    var buffer = Data(count: 1 << 20)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .failure("'\(path)' cannot be read: \(systemReason(errno))")
      }
      if count == 0 { return (total, digest.hex()) }
      digest.update(buffer.prefix(count))
      total += count
    }
  }

  private static func failure(_ target: String) -> LabbookError {
    .failure("'\(target)' cannot be written: \(systemReason(errno))")
  }
}
