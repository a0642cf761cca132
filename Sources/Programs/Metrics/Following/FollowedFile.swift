import Foundation
import Tracking

/// A file that another program writes, read from where the last reading ended.
///
/// It is open only while it is read. A file that became shorter, that is another one under the same
/// name, or whose bytes at its start or before the place of reading have changed is read anew: its program
/// has written it anew.
struct FollowedFile: Sendable {
  let path: String
  /// How many bytes were read.
  private(set) var offset: Int64 = 0
  private var version: Version?
  private var head: [UInt8] = []
  private var tail: [UInt8] = []

  private static let chunk = 1 << 18
  private static let headLength = 4096
  private static let tailLength = 64

  init(_ path: String) { self.path = path }

  /// What a reading met.
  struct Progress {
    /// Whether more bytes are there.
    var hasMore = false
  }

  /// Reads at most about `limit` bytes, in pieces.
  ///
  /// - Parameters:
  ///   - anew: called before the first piece where the file is read anew.
  ///   - take: takes a piece.
  mutating func read(
    limit: Int, anew: () -> Void, take: (UnsafeRawBufferPointer) -> Void
  ) throws(LabbookError) -> Progress {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0 {
      if errno == ENOENT || errno == ENOTDIR { return Progress() }
      throw refusal(errno)
    }
    defer { close(file) }
    var status = stat()
    if fstat(file, &status) != 0 { throw refusal(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .failure("\(path) is no file", hint: "metrics are read from regular files")
    }
    let current = Version(status)
    if offset > 0, offset == current.size, version == current { return Progress() }
    if offset > 0, version?.node != current.node || current.size < offset || hasChanged(file) {
      offset = 0
      head = []
      tail = []
      anew()
    }
    version = current
    return try readOn(file, limit: limit, take: take)
  }

  private mutating func readOn(
    _ file: Int32, limit: Int, take: (UnsafeRawBufferPointer) -> Void
  ) throws(LabbookError) -> Progress {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    var left = max(limit, 1)
    while left > 0 {
      let count = pread(file, buffer.baseAddress, min(Self.chunk, left), off_t(offset))
      if count == 0 { return Progress(hasMore: false) }
      if count < 0 {
        if errno == EINTR { continue }
        throw refusal(errno)
      }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      keep(piece)
      offset += Int64(count)
      left -= count
      take(piece)
    }
    return Progress(hasMore: true)
  }

  private mutating func keep(_ piece: UnsafeRawBufferPointer) {
    if head.count < Self.headLength {
      head.append(contentsOf: piece.prefix(Self.headLength - head.count))
    }
    tail.append(contentsOf: piece.suffix(Self.tailLength))
    if tail.count > Self.tailLength { tail.removeFirst(tail.count - Self.tailLength) }
  }

  private func hasChanged(_ file: Int32) -> Bool {
    !holds(file, head, at: 0) || !holds(file, tail, at: offset - Int64(tail.count))
  }

  private func holds(_ file: Int32, _ bytes: [UInt8], at place: Int64) -> Bool {
    var found = [UInt8](repeating: 0, count: bytes.count)
    let count = found.withUnsafeMutableBytes {
      pread(file, $0.baseAddress, $0.count, off_t(place))
    }
    return count == bytes.count && found == bytes
  }

  private func refusal(_ code: Int32) -> LabbookError {
    .failure("\(path) cannot be read: \(systemReason(code))")
  }

  /// What the system says of a file, without its contents.
  private struct Version: Hashable {
    let node: [UInt64]
    let size: Int64
    let time: [Int]

    init(_ status: stat) {
      node = [UInt64(status.st_dev), UInt64(status.st_ino)]
      size = Int64(status.st_size)
      time = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
  }
}
