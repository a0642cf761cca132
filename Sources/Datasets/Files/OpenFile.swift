import Foundation
import Glibc
import Tracking

/// A regular file that is open for reading, from any thread.
package final class OpenFile: Sendable {
  /// The path as it was given.
  package let path: String
  /// How many bytes it had when it was opened.
  package let count: Int
  private let descriptor: Int32
  private let state: State

  /// What a file's bytes cannot change without.
  private struct State: Equatable {
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init?(_ descriptor: Int32) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return nil }
      size = Int(status.st_size)
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  /// Opens a regular file; `setting` is the key of the experiment file that names it.
  package init(reading path: String, setting: String, hint: String = "") throws(DataError) {
    let regular = try RegularFile(path, setting: setting, hint: hint)
    let descriptor = open(regular.real, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, let state = State(descriptor) else {
      if descriptor >= 0 { close(descriptor) }
      throw DataError(setting: setting, "\(path) cannot be read", hint: hint)
    }
    self.path = path
    self.descriptor = descriptor
    self.state = state
    count = state.size
  }

  deinit { close(descriptor) }

  /// Whether somebody wrote into the file since it was opened.
  package var hasChanged: Bool { State(descriptor) != state }

  /// Fills `target` with the bytes from `place` on.
  ///
  /// - Returns: false where the file has fewer, or cannot be read.
  package func read(from place: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < target.count, let base = target.baseAddress {
      let part = pread(descriptor, base + done, target.count - done, off_t(place + done))
      if part < 0, errno == EINTR { continue }
      if part <= 0 { return false }
      done += part
    }
    return true
  }

  /// The first bytes, at most so many; `nil` where they cannot be read.
  func first(_ most: Int) -> Data? {
    var bytes = Data(repeating: 0, count: min(most, count))
    return bytes.withUnsafeMutableBytes({ read(from: 0, into: $0) }) ? bytes : nil
  }

  /// The first bytes, at most so many, to the end of a line where there are more and one ends; `nil` where
  /// they cannot be read.
  func head(_ most: Int) -> Data? {
    guard let head = first(most), head.count < count else { return first(most) }
    let end = head.withUnsafeBytes { bytes in
      bytes.lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }
    return end.map { Data(head.prefix($0 + 1)) } ?? head
  }

  /// SHA-256 of the bytes, read once more.
  var digest: String {
    var digest = SHA256Digest()
    withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 64) { buffer in
      var place = 0
      while place < count {
        let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(count - place))
        // What is no longer there is told by whoever read the file's rows.
        if !read(from: place, into: piece) { return }
        digest.update(UnsafeRawBufferPointer(piece))
        place += piece.count
      }
    }
    return digest.hex()
  }
}

/// A path that leads to a regular file.
struct RegularFile {
  /// The file itself, behind links.
  let real: String
  let size: Int

  init(_ path: String, setting: String, hint: String = "") throws(DataError) {
    func problem(_ message: String) -> DataError {
      DataError(setting: setting, "\(path) \(message)", hint: hint)
    }
    if let scheme = path.range(of: "://") {
      let name = path[scheme.upperBound...].split(separator: "/").last ?? "FILE"
      throw DataError(
        setting: setting, "\(path) is an address, a file on this machine is needed",
        hint: "Fetch it first, then write \(setting): \(name): curl -LO \(path)")
    }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw problem("does not exist")
    }
    if isDirectory.boolValue { throw problem("is a folder, a file is needed") }
    real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: real)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw problem("is not a regular file")
    }
    size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
