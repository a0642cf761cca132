import Foundation
import Glibc
import Machine
import Tracking
import Web

/// A `labbook-serve` of this process, which ends with it however it ends: its input is ours.
final class StartedServer {
  /// Where it listens, as `http://127.0.0.1:5000`.
  let address: String
  /// The token of its tracking API.
  let token: String
  private let process: OutsideProgram
  private let life: Pipe

  /// The path of the server's program, which lies beside this one.
  ///
  /// - Throws: `LabbookError` where it does not.
  static func program() throws(LabbookError) -> String {
    let path =
      URL(fileURLWithPath: OwnExecutable.url.path).deletingLastPathComponent().path
      + "/labbook-serve"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw .failure(
        "'metrics: mlflow' needs the server 'labbook-serve', and '\(path)' is not there",
        hint: "scripts/install puts both there; or build it: "
          + "swift build -c release --product labbook-serve")
    }
    return path
  }

  /// Starts a server of a store on this machine's own address, and waits until it listens.
  ///
  /// - Parameter isTrial: whether the store's files lie beside it, whatever `LABBOOK_RUNS` says.
  /// - Throws: `LabbookError` where it does not come up; what it said stands on standard error.
  init(_ store: String, isTrial: Bool = false) throws {
    let program = try Self.program()
    var order = ServeOrder(
      store: store, file: nil, host: "127.0.0.1", port: try Self.freePort(), token: nil,
      readOnly: false, share: false, labbook: OwnExecutable.url.path)
    order.endsWithInput = true
    let text = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    life = Pipe()
    let output = Pipe()
    for end in [life.fileHandleForWriting, output.fileHandleForReading] {
      _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    process = try OutsideProgram(
      path: program, [],
      environment: OutsideProgram.environment(
        adding: ["\(ServeOrder.variable)=\(text)"],
        without: { line in
          line.hasPrefix(ServeOrder.variable + "=")
            || (isTrial && line.hasPrefix("LABBOOK_RUNS="))
        }),
      OutsideProgram.Streams(
        input: life.fileHandleForReading.fileDescriptor,
        output: output.fileHandleForWriting.fileDescriptor, errors: STDERR_FILENO))
    try? life.fileHandleForReading.close()
    try? output.fileHandleForWriting.close()
    let said = Self.announcement(output.fileHandleForReading)
    guard let address = said["MLFLOW_TRACKING_URI"], let token = said["MLFLOW_TRACKING_TOKEN"]
    else {
      process.end(within: 0)
      throw LabbookError.failure("the server '\(program)' did not come up")
    }
    (self.address, self.token) = (address, token)
  }

  /// Ends it.
  func close() {
    try? life.fileHandleForWriting.close()
    process.end(within: 2)
  }

  /// The variables that it prints once it listens; what was printed where it ends or says nothing.
  private static func announcement(_ output: FileHandle) -> [String: String] {
    var text = Data()
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
      var wait = pollfd(fd: output.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 1000) > 0 else { continue }
      let piece = output.availableData
      text += piece
      let found = variables(String(decoding: text, as: UTF8.self))
      if piece.isEmpty || found["MLFLOW_TRACKING_TOKEN"] != nil { return found }
    }
    return [:]
  }

  /// `export NAME=VALUE` of whole lines.
  private static func variables(_ text: String) -> [String: String] {
    var found: [String: String] = [:]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].hasPrefix("export ") else { continue }
      found[String(parts[0].dropFirst(7))] = String(parts[1])
    }
    return found
  }

  /// A port on which nobody listens, given by the system.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { Glibc.close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else {
      throw LabbookError.failure("there is no free port: \(systemReason(errno))")
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
