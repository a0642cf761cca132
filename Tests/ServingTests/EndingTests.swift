import Foundation
import Serving
import Synchronization
import Testing
import Tracking
import Web

/// Beginning and end: ports, and a stop that nothing holds up.
struct EndingTests {
  @Test func theNextFreePortIsTaken() async throws {
    let first = try await Hosted()
    let second = try await Hosted()
    #expect(first.port >= 5000 && second.port >= 5000 && second.port != first.port)
    #expect(first.lines[0] == "http://127.0.0.1:\(first.port)/?token=\(first.pagesToken)")
    #expect(first.lines[1] == "export MLFLOW_TRACKING_URI=http://127.0.0.1:\(first.port)")
    #expect(first.lines.count == 3 && first.trackingToken != second.trackingToken)
    let error = await #expect(throws: LabbookError.self) {
      try await Hosted { $0.port = first.port }
    }
    #expect(
      error?.message == "port \(first.port) on 127.0.0.1 is in use: another program listens there")
    #expect(error?.hint.contains("--port") == true)
  }

  @Test func aPortThatIsGivenIsTaken() async throws {
    // No other test listens at this address.
    let server = try await Hosted {
      ($0.host, $0.port) = ("127.0.0.77", 5999)
    }
    #expect(server.lines[0].hasPrefix("http://127.0.0.77:5999/?token="))
    server.stop()
    try await server.ended()
    let again = try await Hosted {
      ($0.host, $0.port) = ("127.0.0.77", 5999)
    }
    #expect(again.port == 5999)
  }

  @Test(arguments: [("::1", "[::1]"), ("localhost", "127.0.0.1"), ("127.0.0.2", "127.0.0.2")])
  func otherNamesOfThisMachineAreListenedAt(_ host: String, _ written: String) async throws {
    let server: Hosted
    do { server = try await Hosted { $0.host = host } } catch let error as LabbookError
      where error.message.contains("no address of this machine")
    { return }  // A machine may have no IPv6.
    #expect(server.lines[0].hasPrefix("http://\(written):5"))
  }

  @Test func aHostThatIsNotHereIsTold() async throws {
    for host in ["192.0.2.1", "no-such-host.invalid"] {
      let error = await #expect(throws: LabbookError.self) {
        try await Hosted {
          $0.host = host
          $0.token = "abcdefgh01234567"
        }
      }
      #expect(error?.status == 2 && error?.message.contains(host) == true)
    }
  }

  /// Neither streams of events, nor half requests, nor uploads, nor who does not read hold up the end;
  /// what is being written is brought to its end and told.
  @Test func aStopWaitsForNobodyButWhatIsWritten() async throws {
    let folder = try TestFolder()
    let (gate, opened) = AsyncStream.makeStream(of: Void.self)
    let began = Atomic(false)
    let source = EventTests.Source()
    let server = try await Hosted(
      service: TestService(folder: folder.path, events: source.events) {
        began.store(true, ordering: .sequentiallyConsistent)
        for await _ in gate {}
      })
    try await server.talk { [server] wire in
      var open: [Wire] = []
      for text in [
        "", "GET /half", "GET /events HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n",
        "POST /n HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 9\r\n\r\n1",
        "POST /upload HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 9\r\n\r\n1",
        "GET /large HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n",
      ] {
        open.append(try Wire(server.port))
        open[open.count - 1].send(text)
      }
      wire.send("POST /slow HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 0\r\n\r\n")
      let end = Date(timeIntervalSinceNow: 60)
      while source.readers == 0 || folder.names.isEmpty
        || !began.load(ordering: .sequentiallyConsistent), Date() < end
      {
        usleep(1000)
      }
      server.stop()
      for other in open { #expect(other.closes()) }
      opened.finish()
      let answer = try wire.answer()
      #expect(answer.text == "done" && answer["connection"] == "close")
      #expect(wire.closes())
    }
    try await server.ended()
    // What a task leaves is let go by the task, which may end after its connection.
    #expect(try await becomes { source.ended == 1 && folder.names.isEmpty })
  }

  @Test func aServerThatIsStoppedBeforeItBeginsEnds() async throws {
    let order = ServeOrder(
      store: "none", file: nil, host: "127.0.0.1", port: nil, token: nil, readOnly: false,
      share: false, labbook: "labbook")
    let server = Server(order, services: [])
    server.stop()
    try await server.run { _ in Issue.record("it listens") }
  }

  @Test func aServerThatIsStoppedWhileItBeginsEnds() async throws {
    let order = ServeOrder(
      store: "none", file: nil, host: "127.0.0.1", port: nil, token: nil, readOnly: false,
      share: false, labbook: "labbook")
    for delay in 0..<60 {
      let server = Server(order, services: [])
      let running = Task { try await server.run { _ in } }
      try await Task.sleep(for: .microseconds(delay * 20))
      server.stop()
      try await running.value
    }
  }
}
