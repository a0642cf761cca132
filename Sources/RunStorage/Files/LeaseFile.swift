import Foundation
import Machine
import Tracking

/// What stands in the file by which one machine at a time has a store: who has it, and a sign of life.
struct LeaseSign: Hashable, Codable {
  let host: HostIdentity
  let process: Int32
  let since: String
  /// Differs with every sign.
  let sign: Int

  /// A text of one length, so that a sign replaces the one before whole.
  var data: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = (try? encoder.encode(self)) ?? Data()
    let room = max(0, Self.bytes - 1 - text.count)
    return text + Data(repeating: UInt8(ascii: " "), count: room) + Data("\n".utf8)
  }

  private static let bytes = 512
}

/// The file beside a store that says which machine has it.
///
/// It is made with `O_EXCL`, which the server of a network file system decides, and opened anew for every
/// look, so that what another machine wrote is seen. Nothing of it is compared with a clock.
struct LeaseFile {
  let path: String

  /// What stands in it; empty where nothing does yet, `nil` where there is none.
  ///
  /// - Throws: `LabbookError` where it cannot be read.
  func read() throws(LabbookError) -> Data? {
    guard let file = try open(O_RDONLY) else { return nil }
    defer { close(file) }
    return Self.content(of: file)
  }

  /// Opens it; `nil` where there is none.
  func open(_ access: Int32) throws(LabbookError) -> Int32? {
    while true {
      let file = Glibc.open(path, access | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      if file >= 0 { return file }
      if errno == ENOENT { return nil }
      guard errno == EINTR || errno == ESTALE else { throw failure("opened") }
    }
  }

  /// Makes it; `nil` where somebody was quicker.
  func make() throws(LabbookError) -> Int32? {
    while true {
      let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let file = Glibc.open(path, flags, 0o666)
      if file >= 0 { return file }
      if errno == EEXIST { return nil }
      guard errno == EINTR || errno == ESTALE else { throw failure("made") }
    }
  }

  /// Writes a sign over the one before.
  func write(_ sign: LeaseSign, to file: Int32) throws(LabbookError) {
    let data = sign.data
    let count = data.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    guard count == data.count, fsync(file) == 0 else { throw failure("written") }
  }

  /// What stands in an open one.
  static func content(of file: Int32) -> Data {
    var data = Data(count: 1024)
    let count = data.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    return count > 0 ? Data(data.prefix(count)) : Data()
  }

  /// Who is named; `nil` where nobody is.
  static func sign(_ content: Data) -> LeaseSign? {
    try? JSONDecoder().decode(LeaseSign.self, from: content)
  }

  private func failure(_ what: String) -> LabbookError {
    .failure("'\(path)' cannot be \(what): \(systemReason(errno))")
  }
}
