import Glibc
public import Tracking

/// Another program at work: started without a shell, in a group of its own, ended with us.
public final class OutsideProgram: Sendable {
  private let process: pid_t

  /// Where a program's streams lead, as file descriptors of ours.
  public struct Streams: Sendable {
    let input: Int32
    let output: Int32
    let errors: Int32
    let beside: [Int32]

    /// Makes streams of descriptors.
    ///
    /// - Parameter beside: what become its descriptors 3, 4, ...
    public init(input: Int32, output: Int32, errors: Int32, beside: [Int32] = []) {
      (self.input, self.output, self.errors) = (input, output, errors)
      self.beside = beside
    }

    /// The descriptors in the order of the program's own, which are 0, 1, ...
    var all: [Int32] { [input, output, errors] + beside }
  }

  /// Starts the program at a path.
  ///
  /// A program in a group of its own gets no Ctrl-C of the terminal; it ends when we are told to.
  /// - Parameters:
  ///   - environment: all that it gets of it, each `NAME=VALUE`.
  /// - Throws: `LabbookError` with the system's reason.
  public init(
    path: String, _ arguments: [String], environment: [String], _ streams: Streams
  ) throws(LabbookError) {
    var child = pid_t()
    let code = ChildProcess.spawn(path, [path] + arguments, environment, streams, &child)
    guard code == 0 else {
      throw .failure("'\(path)' cannot be started: \(systemReason(code))")
    }
    process = child
    EndingPrograms.add(child)
  }

  /// The file of a program, looked for as a shell does; `nil` where there is none that may be run.
  public static func find(_ name: String) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return isProgram(name) ? name : nil }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { $0 + "/" + name }
      .first { $0.hasPrefix("/") && isProgram($0) }
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// The environment of this process, each `NAME=VALUE`, without those that `isLeftOut` names.
  public static func environment(
    adding: [String] = [], without isLeftOut: (String) -> Bool = { _ in false }
  ) -> [String] {
    var result: [String] = []
    var entry = environ
    while let text = entry.pointee {
      let line = String(cString: text)
      if !isLeftOut(line) { result.append(line) }
      entry += 1
    }
    return result + adding
  }

  /// Waits until it has ended by itself, at most so long, then ends it and all that it started.
  ///
  /// It is asked once.
  /// - Returns: its exit status, 128 and the signal's number where one ended it; `nil` where it had to
  ///   be ended.
  @discardableResult
  public func end(within seconds: Double) -> Int32? {
    defer { EndingPrograms.remove(process) }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var status: Int32 = 0
    var pause: useconds_t = 200
    while true {
      let done = waitpid(process, &status, WNOHANG)
      if done == process {
        // What it may have left behind in its group.
        Glibc.kill(-process, SIGKILL)
        return Self.exitStatus(status)
      }
      if done < 0, errno != EINTR { return nil }
      if clock.now >= end { break }
      usleep(pause)
      pause = min(10_000, pause * 2)
    }
    kill()
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return nil
  }

  /// Its exit status where it has ended by itself, asked until it has; `nil` while it is at work.
  public func exitStatusIfEnded() -> Int32? {
    var status: Int32 = 0
    let done = waitpid(process, &status, WNOHANG)
    if done == 0 || done < 0 && errno == EINTR { return nil }
    EndingPrograms.remove(process)
    return done < 0 ? 1 : Self.exitStatus(status)
  }

  /// Ends it and all that it started, at once.
  public func kill() { Glibc.kill(-process, SIGKILL) }

  private static func exitStatus(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

extension OutsideProgram {
  /// The environment of this process by name.
  public static var variables: [String: String] {
    environment().reduce(into: [:]) { found, line in
      guard let equals = line.firstIndex(of: "=") else { return }
      found[String(line[..<equals])] = String(line[line.index(after: equals)...])
    }
  }
}
