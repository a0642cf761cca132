import Foundation
import Machine
import Runs
import Tracking

/// Lines of JSON in a plan folder: those of events, and errors name the file.
enum PlanLine {
  /// A line with its break.
  static func encoded(_ value: some Encodable) throws -> Data { try EventLine.encoded(value) }

  /// What a line holds.
  static func decoded<Value: Decodable>(
    _ line: Data, as name: String, _ file: String
  ) throws(LabbookError) -> Value {
    do throws(LabbookError) { return try EventLine.decoded(line, as: name) } catch {
      throw .failure("\(file): \(error.message)")
    }
  }
}

/// Files of a plan folder: links are never followed, and what has a name is whole.
enum PlanFile {
  /// What a file may hold at most; a longer one is not of ours.
  private static let mostBytes = 1 << 32

  /// Writes a file aside, waits for the disk, and gives it its name.
  static func write(_ data: Data, to path: String) throws(LabbookError) {
    let aside = path + ".\(getpid()).new"
    unlink(aside)
    let file = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    let isWritten = data.writeAll(to: file) && fsync(file) == 0
    let reason = errno
    close(file)
    guard isWritten, rename(aside, path) == 0 else {
      if !isWritten { errno = reason }
      let error = failure(path)
      unlink(aside)
      throw error
    }
  }

  /// Adds to the end of a file; where it has no room nothing is added.
  static func append(_ data: Data, to path: String) throws(LabbookError) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    let end = lseek(file, 0, SEEK_END)
    guard end >= 0, data.writeAll(to: file), fsync(file) == 0 else {
      let error = failure(path)
      if end >= 0 { _ = ftruncate(file, end) }
      throw error
    }
  }

  /// Whether a disk that says so may take the same later: it is full or away.
  static func mayPass(_ reason: Int32) -> Bool {
    [ENOSPC, EDQUOT, EIO, EAGAIN, ETIMEDOUT, ESTALE].contains(reason)
  }

  /// All of a file.
  static func read(_ path: String) throws(LabbookError) -> Data {
    try read(path, from: 0)
  }

  /// A file from some place on.
  static func read(
    _ path: String, from offset: Int, atMost limit: Int = mostBytes
  ) throws(LabbookError) -> Data {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      throw .failure("'\(path)' cannot be read: \(systemReason(errno))")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .failure("'\(path)' is not a file")
    }
    guard status.st_uid == geteuid() else {
      throw .failure("'\(path)' belongs to another user and is not read")
    }
    let size = Int(status.st_size)
    guard size - offset <= mostBytes else {
      throw .failure("'\(path)' has \(size) bytes, which is more than any file of a plan has")
    }
    guard size > offset else { return Data() }
    var data = Data(count: min(limit, size - offset))
    var filled = 0
    while filled < data.count {
      let start = filled
      let count = data.withUnsafeMutableBytes {
        pread(file, $0.baseAddress.map { $0 + start }, $0.count - start, off_t(offset + start))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .failure("'\(path)' cannot be read: \(systemReason(errno))")
      }
      if count == 0 { break }
      filled += count
    }
    return filled == data.count ? data : Data(data.prefix(filled))
  }

  private static func failure(_ path: String) -> LabbookError {
    .failure("'\(path)' cannot be written: \(systemReason(errno))")
  }
}
