import Foundation
import NIOCore
import Synchronization
import Tracking
import Web

/// A file in which an upload is written aside; it goes with the last reference, unless it was renamed.
///
/// It is locked while it is written, so that another server's cleaning leaves it alone.
final class AsideFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// Makes a new file in a folder, which is made where it is missing.
  init(in folder: String) throws(Refusal) {
    AsideFiles.removeOnce(in: folder)
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(AsideFiles.prefix)\(UUID().uuidString.lowercased())"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw Refusal(507, "a file cannot be written here: \(systemReason(errno))")
    }
    flock(descriptor, LOCK_EX | LOCK_NB)
    (self.path, self.descriptor) = (path, descriptor)
    AsideFiles.began(path)
  }

  deinit {
    close(descriptor)
    unlink(path)
    AsideFiles.ended(path)
  }

  func write(_ piece: ByteBuffer) throws(Refusal) {
    let reason: Int32 = piece.withUnsafeReadableBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno != EINTR { return errno }
        done += max(count, 0)
      }
      return 0
    }
    guard reason == 0 else {
      throw Refusal(507, "the file cannot be written: \(systemReason(reason))")
    }
  }

  /// Brings what was written onto the disk.
  func finish() throws(Refusal) {
    guard fsync(descriptor) == 0 else {
      throw Refusal(507, "the file cannot be written: \(systemReason(errno))")
    }
  }
}
