import CMachine
import Glibc
import Synchronization
public import Tracking

/// A program that is told lines on its standard input for as long as it works, and that ends by itself where
/// that input ends: also where this process was killed.
public final class LedProgram: Sendable {
  private let program: OutsideProgram
  private let input: Mutex<Int32>
  private let words: WordsOfProgram
  private let status = Mutex<Int32?>(nil)

  /// Starts the program at a path; what it prints is dropped, the last lines of its errors are kept.
  ///
  /// - Throws: `LabbookError` with the system's reason.
  public init(
    path: String, _ arguments: [String], environment: [String]
  ) throws(LabbookError) {
    // A socket: writing to one whose other end is closed raises no signal.
    let input = try Self.pair(labbook_sockets)
    let errors: [Int32]
    do { errors = try Self.pair(labbook_pipe) } catch {
      for end in input { Glibc.close(end) }
      throw error
    }
    let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { for end in [input[0], errors[1], nothing] where end >= 0 { Glibc.close(end) } }
    do {
      program = try OutsideProgram(
        path: path, arguments, environment: environment,
        OutsideProgram.Streams(
          input: input[0], output: nothing >= 0 ? nothing : errors[1], errors: errors[1]))
    } catch {
      Glibc.close(input[1])
      Glibc.close(errors[0])
      throw error
    }
    self.input = Mutex(input[1])
    words = WordsOfProgram(errors[0])
    let words = words
    _ = try? WorkThread("labbook.words", stackBytes: 1 << 20) { words.read() }
  }

  deinit { close() }

  private static func pair(
    _ make: (UnsafeMutablePointer<Int32>?) -> Int32
  ) throws(LabbookError) -> [Int32] {
    var ends: [Int32] = [0, 0]
    let code = make(&ends)
    guard code == 0 else { throw .failure("a pipe cannot be made: \(systemReason(code))") }
    return ends
  }

  /// Tells it a line; waits until it has room for it, and nothing happens where it has ended.
  public func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    input.withLock { input in
      var place = 0
      while input >= 0, place < bytes.count {
        let count = bytes[place...].withUnsafeBytes {
          send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0, errno != EINTR { return }
        place += max(0, count)
      }
    }
  }

  /// Ends what it is told, by which it ends.
  public func close() {
    input.withLock { input in
      if input >= 0 { Glibc.close(input) }
      input = -1
    }
  }

  /// Its exit status once it has ended, 128 and the signal's number where one ended it; `nil` while it works.
  public var exitStatus: Int32? {
    status.withLock { status in
      if status == nil { status = program.exitStatusIfEnded() }
      return status
    }
  }

  /// The last lines of its errors.
  public var lastWords: [String] { words.lines }

  /// Ends it and all that it started, at once.
  public func kill() { if exitStatus == nil { program.kill() } }
}

/// The last lines of what a program writes to its errors.
private final class WordsOfProgram: Sendable {
  private let descriptor: Int32
  private let kept = Mutex((lines: [String](), rest: [UInt8]()))

  private static let most = 40
  private static let longestLine = 4096

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  var lines: [String] { kept.withLock { $0.lines } }

  /// Reads until nobody writes any more.
  func read() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      kept.withLock { kept in
        kept.rest += bytes.prefix(count)
        while let end = kept.rest.firstIndex(of: UInt8(ascii: "\n")) {
          kept.lines.append(String(decoding: kept.rest[..<end], as: UTF8.self))
          kept.rest.removeSubrange(...end)
        }
        kept.rest = kept.rest.suffix(Self.longestLine)
        kept.lines = kept.lines.suffix(Self.most)
      }
    }
    close(descriptor)
  }
}
