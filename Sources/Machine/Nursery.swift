import CMachine
import Glibc
import Tracking

/// The process of which all keepers are forks; it is started with the first program, and again where it
/// was ended.
struct Nursery {
  private var socket: Int32 = -1
  private var process: pid_t = 0

  /// Starts a keeper.
  ///
  /// - Parameters:
  ///   - words: the grace in milliseconds, the folder, the program and its arguments.
  ///   - environment: the program's, each `NAME=VALUE`.
  ///   - files: what becomes the keeper's input, its output, and where it reports.
  ///   - held: at most two descriptors that it holds as long as it lives.
  /// - Returns: why there is none; `nil` where all is well.
  mutating func keep(
    _ words: [String], _ environment: [String], executable: String, files: [Int32],
    held: [Int32] = []
  ) -> String? {
    var texts: [UInt8] = []
    for text in words + environment {
      texts += text.utf8
      texts.append(0)
    }
    var problem: Int32 = EPIPE
    // Whoever ends it ends no more than what it had begun: another takes its place.
    for _ in 0..<2 {
      if socket < 0, let problem = start(executable) { return problem }
      problem = texts.withUnsafeBytes { bytes in
        labbook_ask_for_keeper(
          socket, files, held, Int32(held.count),
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
          UInt(bytes.count), Int32(words.count))
      }
      if problem != EPIPE && problem != ECONNRESET { break }
      close(socket)
      socket = -1
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    return problem == 0 ? nil : systemReason(problem)
  }

  private mutating func start(_ executable: String) -> String? {
    var ends: [Int32] = [0, 0]
    var code = labbook_sockets(&ends)
    if code != 0 { return systemReason(code) }
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      close(nothing)
      close(ends[1])
    }
    code = ChildProcess.spawn(
      executable, [executable, KeptProgram.keeperWord], OutsideProgram.environment(),
      OutsideProgram.Streams(input: ends[1], output: nothing, errors: nothing), group: .session,
      &process)
    guard code == 0 else {
      close(ends[0])
      return systemReason(code)
    }
    socket = ends[0]
    return nil
  }
}
