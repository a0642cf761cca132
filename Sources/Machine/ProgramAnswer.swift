import CMachine
import Glibc
public import Tracking

/// What a program that was asked has said.
public struct ProgramAnswer: Sendable {
  /// Its exit status; 0 where it did what it was asked.
  public let status: Int32
  /// What it wrote to its standard output.
  public let text: String
}

extension OutsideProgram {
  /// The variable that says how many seconds a program may take to answer, 1 to 3600.
  public static let patienceVariable = "LABBOOK_PROGRAM_SECONDS"

  /// How many seconds a program may take to answer: what the variable says, otherwise `usual`.
  public static func patience(usual: Int) -> Int {
    guard let text = getenv(patienceVariable), let seconds = Int(String(cString: text)),
      (1...3600).contains(seconds)
    else { return usual }
    return seconds
  }

  /// Runs a program with nothing to read and takes what it prints.
  ///
  /// - Parameters:
  ///   - name: its name, looked for along PATH, or its path.
  ///   - adding: what stands in its environment beside ours, each `NAME=VALUE`.
  ///   - seconds: how long it may take; then it is ended.
  ///   - bytes: how much it may print; then it is ended.
  /// - Throws: `LabbookError` where there is none, it cannot be started, takes too long or prints too
  ///   much.
  public static func ask(
    _ name: String, _ arguments: [String], adding: [String] = [], seconds: Double = 10,
    bytes: Int = 1 << 20
  ) throws(LabbookError) -> ProgramAnswer {
    guard let path = find(name) else { throw .failure("'\(name)' was not found") }
    guard let pipe = Pipe() else {
      throw .failure("'\(name)' cannot be asked: \(systemReason(errno))")
    }
    let program = try OutsideProgram(
      path: path, arguments, environment: environment(adding: adding),
      Streams(input: pipe.nothing.number, output: pipe.input.number, errors: pipe.nothing.number))
    pipe.input.close()
    let end = ContinuousClock.now + .seconds(seconds)
    let found = pipe.output.read(until: end, bytes: bytes)
    let isTooMuch = found.map { $0.count > bytes } ?? false
    let left = (end - ContinuousClock.now) / .seconds(1)
    let status = program.end(within: found == nil || isTooMuch ? 0 : left)
    if isTooMuch { throw .failure("'\(name)' printed more than \(bytes) bytes and was ended") }
    guard let found, let status else {
      throw .failure("'\(name)' did not answer within \(Int(seconds)) s and was ended")
    }
    return ProgramAnswer(status: status, text: String(decoding: found, as: UTF8.self))
  }

  /// A pipe, and the null device.
  private struct Pipe {
    let output: Descriptor
    let input: Descriptor
    let nothing: Descriptor

    init?() {
      var ends: [Int32] = [-1, -1]
      guard labbook_pipe(&ends) == 0 else { return nil }
      output = Descriptor(ends[0])
      input = Descriptor(ends[1])
      let null = open("/dev/null", O_RDWR | O_CLOEXEC)
      guard null >= 0 else { return nil }
      nothing = Descriptor(null)
    }
  }
}

/// A file descriptor that is closed once.
private final class Descriptor {
  private(set) var number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close() }

  func close() {
    if number >= 0 { Glibc.close(number) }
    number = -1
  }

  /// All that comes until the other end is closed, or a little more than `bytes`; `nil` where that
  /// takes too long.
  func read(until end: ContinuousClock.Instant, bytes: Int) -> [UInt8]? {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while result.count <= bytes {
      let left = (end - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { return nil }
      var ready = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      let count = poll(&ready, 1, Int32(min(left + 1, 1000)))
      if count < 0, errno != EINTR { return nil }
      if count <= 0 { continue }
      let got = Glibc.read(number, &buffer, buffer.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return result }
      result += buffer[..<got]
    }
    return result
  }
}
