import Foundation
import NIOCore
import Tracking
import Web

/// A regular file that is open to be sent, closed with the last reference.
final class OpenedFile: Sendable {
  let size: Int
  /// Changes when the file does.
  let tag: String
  private let descriptor: Int32

  /// Opens a file; neither a link, a folder nor a pipe is one.
  init(_ path: String) throws(Refusal) {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ELOOP || errno == ENOTDIR
        ? Refusal(404, "there is no file at this address")
        : Refusal(503, "the file cannot be opened: \(systemReason(errno))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Refusal(404, "there is no file at this address")
    }
    self.descriptor = descriptor
    size = Int(status.st_size)
    let time = status.st_mtim
    tag =
      "\""
      + [Int(status.st_ino), size, time.tv_sec, time.tv_nsec].map { String($0, radix: 36) }
      .joined(separator: "-") + "\""
  }

  deinit { close(descriptor) }

  /// Bytes from a place on, at most so many; `nil` where the file is shorter than it was.
  func piece(at place: Int, count: Int) throws -> ByteBuffer? {
    var buffer = ByteBufferAllocator().buffer(capacity: count)
    let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) {
      max(0, pread(descriptor, $0.baseAddress, count, off_t(place)))
    }
    return read > 0 ? buffer : nil
  }
}
