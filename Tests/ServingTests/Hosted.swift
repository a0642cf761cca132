import Foundation
import Serving
import Synchronization
import Testing
import Tracking
import Web

/// A server in this process, on a port of its own.
final class Hosted: Sendable {
  let lines: [String]
  let port: Int
  private let server: Server
  private let task: Task<Void, any Error>

  /// Starts a server; it ends with `end`.
  init(
    limits: ServingLimits = ServingLimits(), service: any WebService = TestService(),
    _ change: (inout ServeOrder) -> Void = { _ in }
  ) async throws {
    var order = ServeOrder(
      store: "none", file: nil, host: "127.0.0.1", port: nil, token: nil, readOnly: false,
      share: false, labbook: "labbook")
    change(&order)
    let server = Server(order, services: [service], limits: limits)
    self.server = server
    let (stream, ready) = AsyncStream.makeStream(of: [String].self)
    task = Task {
      defer { ready.finish() }
      try await server.run { ready.yield($0) }
    }
    var iterator = stream.makeAsyncIterator()
    guard let lines = await iterator.next() else {
      try await task.value
      throw Wire.WireError(text: "the server ended")
    }
    self.lines = lines
    port = Int(lines[0].split(separator: ":")[2].prefix { $0.isNumber }) ?? 0
  }

  deinit { server.stop() }

  func stop() { server.stop() }

  /// Waits for the end of the server.
  func ended() async throws { try await task.value }

  private func token(_ line: String?) -> String {
    let text = line ?? ""
    return String(
      text[(text.range(of: "token=") ?? text.startIndex..<text.startIndex).upperBound...]
        .prefix { $0 != " " })
  }

  var pagesToken: String { token(lines.first) }
  var sharingToken: String { token(lines.first { $0.hasSuffix("(to read only)") }) }
  var trackingToken: String {
    let prefix = "export MLFLOW_TRACKING_TOKEN="
    return lines.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) } ?? ""
  }
  var bearer: String { "Authorization: Bearer \(pagesToken)\r\n" }
  var trackingBearer: String { "Authorization: Bearer \(trackingToken)\r\n" }
  var host: String { "Host: 127.0.0.1:\(port)\r\n" }

  /// Talks with the server beside the threads on which it answers.
  func talk<Value: Sendable>(_ work: @escaping @Sendable (Wire) throws -> Value) async throws
    -> Value
  {
    let port = self.port
    return try await Blocking.run { try work(try Wire(port)) }
  }

  /// Sends bytes and reads one reply.
  func ask(_ text: String, hasBody: Bool = true) async throws -> Answer {
    try await talk { wire in
      wire.send(text)
      return try wire.answer(hasBody: hasBody)
    }
  }

  /// Asks for an address with header lines, each ended by CRLF.
  func get(_ address: String, _ headers: String = "") async throws -> Answer {
    try await ask("GET \(address) HTTP/1.1\r\n\(host)\(headers)\r\n")
  }

  func post(_ address: String, _ headers: String = "", body: String = "") async throws -> Answer {
    try await ask(
      "POST \(address) HTTP/1.1\r\n\(host)\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
  }
}

/// What is served in the tests: it says what it was asked.
struct TestService: WebService {
  /// Where files lie and are written.
  var folder = ""
  var events: WebEvents?
  var work: @Sendable () async throws -> Void = {}

  func handling(of head: WebHead) -> WebHandling {
    let facts = "\(head.method) \(head.path) \(head.query.text) \(head.access)"
    switch (head.method, head.path.last ?? "") {
    case ("POST", "upload"):
      return .upload(limit: 1 << 20, folder: folder) { path, bytes in
        try FileManager.default.moveItem(atPath: path, toPath: folder + "/stored")
        return .text("\(bytes)")
      }
    case ("POST", "slow"):
      return .answer(limit: 1000) { _ in
        try await work()
        return .text("done")
      }
    case ("POST", "wrong"): return .reply { throw LabbookError.input("that is wrong", hint: "") }
    case ("POST", "broken"): return .reply { throw LabbookError.failure("that broke", hint: "") }
    case ("GET", "events"):
      guard let events else { return .other }
      return .reply { WebReply(200, type: "text/event-stream", body: .events(events)) }
    case ("GET", "nothing"): return .other
    case ("GET", "told"):
      return .reply {
        WebReply(
          200, type: "text/plain", headers: [("X-Told", head.query["value"] ?? "")],
          body: .data(Data("told".utf8)))
      }
    case ("GET", "large"):
      return .reply {
        WebReply(200, type: "text/plain", body: .data(Data(count: 20 << 20)))
      }
    case ("GET", "kept"):
      return .reply {
        WebReply(
          200, type: "text/css", headers: [("Cache-Control", "max-age=60")],
          body: .data(Data("a {}".utf8)))
      }
    case ("GET", let name) where head.path.first == "files":
      return .reply { .attachment(.file(path: folder + "/" + name), name: name, type: "text/html") }
    case ("GET", _): return .reply { .text(facts) }
    default:
      return .answer(limit: 1000) { body in
        .text(facts + " " + String(decoding: body, as: UTF8.self))
      }
    }
  }
}

/// A folder for one test.
final class TestFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.path + "/labbook-serving-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
  }
}

/// Waits until something is so; false where it does not become so in a generous time.
func becomes(_ isSo: @Sendable () -> Bool) async throws -> Bool {
  let deadline = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < deadline {
    if isSo() { return true }
    try await Task.sleep(for: .milliseconds(5))
  }
  return false
}
