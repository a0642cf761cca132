import CSpawn
import Foundation

/// A program that a test starts and talks with over pipes.
final class ChildProcess {
  private let program: SpawnedProgram
  private let input: Int32
  private let output: Int32

  /// Starts a program by its path.
  init(_ path: String, _ arguments: [String]) throws {
    let (toChild, fromChild) = (try Self.pipe(), try Self.pipe())
    defer {
      close(toChild.reading)
      close(fromChild.writing)
    }
    program = try SpawnedProgram(
      path, arguments, input: toChild.reading, output: fromChild.writing,
      errors: FileHandle.standardError.fileDescriptor)
    (input, output) = (toChild.writing, fromChild.reading)
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

  var id: pid_t { program.id }

  func terminate() { program.terminate() }

  /// Waits for its end and says its exit status, 128 and the signal's number where one ended it.
  func wait() throws -> Int32 { try program.wait() }

  /// A pipe that no later child gets.
  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard test_pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    return (ends[0], ends[1])
  }
}
