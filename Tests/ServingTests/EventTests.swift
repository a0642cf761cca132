import Foundation
import Serving
import Synchronization
import Testing
import Web

/// Streams of events: they last, they say that they live, and they go with their readers.
struct EventTests {
  /// Events that are told from outside, and what became of their readers.
  final class Source: Sendable {
    private let continuations = Mutex<[AsyncStream<Data>.Continuation]>([])
    private let ends = Atomic(0)
    var ended: Int { ends.load(ordering: .sequentiallyConsistent) }
    var readers: Int { continuations.withLock { $0.count } }

    func tell(_ text: String) {
      continuations.withLock { $0.forEach { $0.yield(WebEvents.event("news", text)) } }
    }

    func finish() { continuations.withLock { $0.forEach { $0.finish() } } }

    var events: WebEvents {
      WebEvents {
        let (stream, continuation) = AsyncStream.makeStream(of: Data.self)
        continuation.onTermination = { _ in
          self.ends.add(1, ordering: .sequentiallyConsistent)
        }
        self.continuations.withLock { $0.append(continuation) }
        return stream
      }
    }
  }

  private func host(
    _ source: Source, _ change: (inout ServingLimits) -> Void = { _ in }
  ) async throws -> Hosted {
    var limits = ServingLimits()
    change(&limits)
    return try await Hosted(limits: limits, service: TestService(events: source.events))
  }

  private static func ask(_ server: Hosted, _ wire: Wire) throws -> String {
    wire.send("GET /events HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
    return try wire.until("\r\n\r\n")
  }

  @Test func eventsComeWhenTheyAreTold() async throws {
    let source = Source()
    // Limits that would end anything else.
    let server = try await host(source) {
      ($0.idleSeconds, $0.headSeconds, $0.bodySeconds) = (0.05, 0.05, 0.05)
    }
    try await server.talk { [server] wire in
      let head = try Self.ask(server, wire).lowercased()
      #expect(head.contains("content-type: text/event-stream"))
      #expect(head.contains("cache-control: no-store") && head.contains("x-accel-buffering: no"))
      let end = Date(timeIntervalSinceNow: 60)
      while source.readers == 0, Date() < end { usleep(1000) }
      for number in 0..<5 {
        usleep(40_000)
        source.tell("line \(number)\nmore")
        #expect(
          try wire.until("\n\n").contains("event: news\ndata: line \(number)\ndata: more\n\n"))
      }
      source.finish()
      _ = try wire.until("0\r\n\r\n")
      wire.send("GET /health HTTP/1.1\r\n\(server.host)\r\n")
      #expect(try wire.answer().text == "OK")
    }
  }

  @Test func aReaderThatGoesLeavesNothing() async throws {
    let source = Source()
    let server = try await host(source)
    for _ in 0..<20 {
      try await server.talk { [server] wire in _ = try Self.ask(server, wire) }
    }
    #expect(try await becomes { source.ended == source.readers && source.readers >= 1 })
    #expect(try await server.get("/health").status == 200)
  }

  @Test func silenceIsBroken() async throws {
    let source = Source()
    let server = try await host(source) { $0.silentSeconds = 0.05 }
    try await server.talk { [server] wire in
      _ = try Self.ask(server, wire)
      for _ in 0..<3 { _ = try wire.until("3\r\n:\n\n\r\n") }
    }
  }

  @Test func whoDoesNotReadIsLeft() async throws {
    let source = Source()
    let server = try await host(source) { $0.stalledSeconds = 0.1 }
    try await server.talk { [server] wire in
      _ = try Self.ask(server, wire)
      let end = Date(timeIntervalSinceNow: 60)
      while source.readers == 0, Date() < end { usleep(1000) }
      let much = String(repeating: "x", count: 1 << 20)
      for _ in 0..<40 { source.tell(much) }
      while source.ended == 0, Date() < end { usleep(10_000) }
      #expect(source.ended == 1)
    }
  }

  @Test func aHeadOfEventsBeginsNone() async throws {
    let source = Source()
    let server = try await host(source)
    let answer = try await server.ask(
      "HEAD /events HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n", hasBody: false)
    #expect(answer.status == 200 && source.readers == 0)
  }

  @Test func moreStreamsThanThereIsRoomForAreToldSo() async throws {
    let source = Source()
    let server = try await host(source) { $0.eventStreams = 3 }
    try await server.talk { [server] _ in
      var wires: [Wire] = []
      for _ in 0..<3 {
        wires.append(try Wire(server.port))
        _ = try Self.ask(server, wires[wires.count - 1])
      }
      let last = try Wire(server.port)
      last.send("GET /events HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
      let answer = try last.answer()
      #expect(answer.status == 503 && answer["retry-after"] == "1")
      wires.removeAll()
    }
    #expect(try await becomes { source.ended == 3 })
    try await server.talk { [server] wire in
      let head = try Self.ask(server, wire)
      #expect(head.contains("200 OK"))
    }
  }
}
