import Foundation
import Synchronization

/// A process that a test starts and talks with over pipes.
final class ChildProcess {
  let id: pid_t
  private let input: Int32
  private let output: Int32

  /// One at a time, so that no child gets another one's pipes and holds them open.
  private static let turn = Mutex(())

  /// Starts a program by its path.
  init(_ path: String, _ arguments: [String]) throws {
    (id, input, output) = try Self.turn.withLock { _ in
      let (toChild, fromChild) = (try Self.pipe(), try Self.pipe())
      defer {
        close(toChild.reading)
        close(fromChild.writing)
      }
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_adddup2(&actions, toChild.reading, 0)
      posix_spawn_file_actions_adddup2(&actions, fromChild.writing, 1)
      let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
      var id = pid_t()
      let status = Self.withWords([path] + arguments) { words in
        Self.withWords(environment) { posix_spawn(&id, path, &actions, nil, words, $0) }
      }
      guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .ENOENT) }
      return (id, toChild.writing, fromChild.reading)
    }
  }

  deinit {
    close(input)
    close(output)
  }

  /// What has come within some milliseconds; `nil` at the end.
  func read(within milliseconds: Int32) -> Data? {
    var look = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&look, 1, milliseconds) > 0 else { return Data() }
    var data = Data(count: 65_536)
    let count = data.withUnsafeMutableBytes { Glibc.read(output, $0.baseAddress, $0.count) }
    return count > 0 ? data.prefix(count) : nil
  }

  /// Hands it bytes; those that it does not take, because it has ended, are lost.
  func write(_ data: Data) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func terminate() { kill(id, SIGTERM) }

  /// Waits for its end and says what it was, such as `status 0` or `signal 9`.
  func wait() -> String {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? "status \(status >> 8 & 0xff)" : "signal \(signal)"
  }

  /// A pipe that no later child gets.
  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func withWords<Result>(
    _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
