public import Foundation

/// A program in front of the user, which reads a text of ours and has the terminal meanwhile.
public enum TerminalReader {
  /// Starts it, gives it the text and waits until the user has left it; Ctrl-C is the program's
  /// meanwhile.
  ///
  /// It stays in our group, so that the terminal is its own too.
  /// - Returns: whether it could be started.
  public static func run(
    path: String, _ arguments: [String], environment: [String], _ text: Data
  ) -> Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    let (output, input) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let streams = OutsideProgram.Streams(
      input: output, output: STDOUT_FILENO, errors: STDERR_FILENO)
    var child = pid_t()
    let code = ChildProcess.spawn(
      path, [path] + arguments, environment, streams, group: .ours, &child)
    close(output)
    guard code == 0 else {
      close(input)
      return false
    }
    let before = [SIGINT, SIGQUIT, SIGPIPE].map { ($0, signal($0, SIG_IGN)) }
    defer { for (number, handler) in before { signal(number, handler) } }
    write(text, to: input)
    close(input)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return true
  }

  /// Writes until all is there or the reader has gone.
  private static func write(_ text: Data, to descriptor: Int32) {
    var rest = text[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
