import CSpawn
import Foundation
import Glibc
import Synchronization

/// A program that a test starts.
///
/// It gets three streams and nothing else that this process has open, since a pipe or socket of another test
/// that it got would stay open as long as it works. Its end is asked of the system: `Foundation.Process`
/// learns of it from a socket that any other child may have got.
package final class SpawnedProgram: Sendable {
  package let id: Int32
  private let ended = Mutex<Int32?>(nil)

  /// Starts a program by its path, in a group of its own.
  ///
  /// - Parameters:
  ///   - folder: where it works; where we do without one.
  ///   - environment: what is added to ours, which says nothing of stores and colours.
  ///   - input, output, errors: descriptors of ours; nothing is read or kept without one.
  package init(
    _ path: String, _ arguments: [String], folder: String? = nil,
    environment: [String: String] = [:], input: Int32? = nil, output: Int32? = nil,
    errors: Int32? = nil
  ) throws {
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nothing) }
    var variables = ProcessInfo.processInfo.environment
    variables["LABBOOK_DB"] = nil
    variables["NO_COLOR"] = nil
    variables.merge(environment) { $1 }
    var id: Int32 = 0
    let status = Self.withWords([path] + arguments) { words in
      Self.withWords(variables.map { "\($0.key)=\($0.value)" }) {
        test_spawn(
          &id, path, folder, words, $0, input ?? nothing, output ?? nothing, errors ?? nothing)
      }
    }
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .ENOENT) }
    self.id = id
  }

  /// Its exit status, 128 and the signal's number where one ended it; `nil` while it works.
  package var exitStatus: Int32? {
    ended.withLock { ended in
      if ended != nil { return ended }
      var status: Int32 = 0
      let done = waitpid(id, &status, WNOHANG)
      if done == 0 || done < 0 && errno == EINTR { return nil }
      let signal = status & 0x7f
      ended = done < 0 ? -1 : signal == 0 ? status >> 8 & 0xff : 128 + signal
      return ended
    }
  }

  package var isRunning: Bool { exitStatus == nil }

  package func interrupt() { kill(id, SIGINT) }
  package func terminate() { kill(id, SIGTERM) }

  /// Waits for its end and says its exit status.
  ///
  /// - Throws: where it has not ended within that time what it and those below it were at; it is killed.
  package func wait(within seconds: Double = 900) throws -> Int32 {
    let end = ContinuousClock.now + .seconds(seconds)
    var pause: useconds_t = 200
    while true {
      if let exitStatus { return exitStatus }
      if ContinuousClock.now > end { break }
      usleep(pause)
      pause = min(10_000, pause * 2)
    }
    let overdue = Overdue(seconds: seconds, processes: Self.processes(below: id))
    kill(-id, SIGKILL)
    throw overdue
  }

  /// A program that did not end.
  package struct Overdue: Error, CustomStringConvertible {
    let seconds: Double
    let processes: [String]

    package var description: String {
      "it did not end within \(Int(seconds)) s:\n" + processes.joined(separator: "\n")
    }
  }

  /// A process and all below it: number, parent, state, what it waits for in the system, words.
  private static func processes(below top: pid_t) -> [String] {
    func read(_ process: pid_t, _ name: String) -> String {
      String(
        decoding: FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data(),
        as: UTF8.self)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    // After the name of the program, which is in brackets: state and parent.
    let all = names.compactMap { pid_t($0) }.map { process in
      (process, read(process, "stat").split(separator: ")").last?.split(separator: " ") ?? [])
    }
    var found = [top]
    for process in sequence(first: 0, next: { $0 + 1 < found.count ? $0 + 1 : nil }) {
      found += all.filter { $0.1.count > 1 && pid_t($0.1[1]) == found[process] }.map(\.0)
    }
    return found.map { process in
      let facts = all.first { $0.0 == process }?.1.prefix(2).joined(separator: " ") ?? "gone"
      let words = read(process, "cmdline").replacing("\0", with: " ")
      return "\(process) \(facts) \(read(process, "wchan")) \(words)"
    }
  }

  private static func withWords<Result>(
    _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

extension SpawnedProgram {
  /// What one call did.
  package struct Outcome {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Calls a program, waits for its end and says what it wrote; files take that, so that no pipe fills up.
  package static func call(
    _ path: String, _ arguments: [String], folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let (output, errors) = (try StreamFile(), try StreamFile())
    let program = try SpawnedProgram(
      path, arguments, folder: folder, environment: environment, output: output.descriptor,
      errors: errors.descriptor)
    let status = try program.wait()
    return Outcome(status: status, output: output.text, errors: errors.text)
  }
}

/// A file without a name that takes what a program writes.
package final class StreamFile: Sendable {
  package let descriptor: Int32

  package init() throws {
    let path = NSTemporaryDirectory() + "/labbook-stream-" + UUID().uuidString
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// All that was written so far; empty where it is no UTF-8.
  package var text: String {
    String(data: data, encoding: .utf8) ?? ""
  }

  private var data: Data {
    var data = Data()
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = pread(descriptor, &part, part.count, off_t(data.count)), count > 0 {
      data += part.prefix(count)
    }
    return data
  }
}
