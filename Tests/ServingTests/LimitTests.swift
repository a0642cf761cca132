import Foundation
import Serving
import Synchronization
import Testing
import Web

/// What is too large or too slow ends; the server serves on.
struct LimitTests {
  @Test func aBodyThatIsTooLargeIsRefusedBeforeItComes() async throws {
    let server = try await Hosted()
    let answer = try await server.talk { [server] wire in
      wire.send(
        "POST /api/x HTTP/1.1\r\n\(server.host)\(server.trackingBearer)Content-Length: 1001\r\n\r\n"
      )
      let answer = try wire.answer()
      wire.finish()
      #expect(wire.closes())
      return answer
    }
    #expect(answer.status == 413 && answer["connection"] == "close")
    #expect(
      answer.text
        == "{\"error_code\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"a body here has at most 1000 bytes\"}"
    )
    let page = try await server.post(
      "/n", server.bearer, body: String(repeating: "x", count: 1001))
    #expect(page.status == 413 && page.text.contains("1000 bytes"))
    let most = try await server.post(
      "/n", server.bearer, body: String(repeating: "x", count: 1000))
    #expect(most.status == 200)
  }

  /// Who sends on reads the refusal all the same.
  @Test func aBodyInChunksThatIsTooLargeIsRefused() async throws {
    let server = try await Hosted()
    let answer = try await server.talk { [server] wire in
      wire.send(
        "POST /n HTTP/1.1\r\n\(server.host)\(server.bearer)Transfer-Encoding: chunked\r\n\r\n")
      let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
      for _ in 0..<100 { wire.send(chunk) }
      return try wire.answer()
    }
    #expect(answer.status == 413)
  }

  @Test func aHeadThatIsTooLargeIsRefused() async throws {
    let server = try await Hosted()
    let long = try await server.get("/" + String(repeating: "x", count: 17_000), server.bearer)
    #expect(long.status == 414)
    let field = try await server.get("/runs", "A: \(String(repeating: "x", count: 40_000))\r\n")
    #expect(field.status == 431)
    let fields = String(repeating: "A: b\r\n", count: 200)
    #expect(try await server.get("/runs", fields).status == 431)
    let all = String(repeating: "A: \(String(repeating: "x", count: 3000))\r\n", count: 30)
    #expect(try await server.get("/runs", all).status == 431)
    #expect(try await server.get("/health").status == 200)
  }

  @Test func aHeadThatComesTooSlowlyIsRefused() async throws {
    var limits = ServingLimits()
    limits.headSeconds = 0.05
    let server = try await Hosted(limits: limits)
    let status = try await server.talk { wire in
      wire.send("GET /health HTTP/1.1\r\nHost: 127")
      let status = try wire.answer().status
      wire.finish()
      #expect(wire.closes())
      return status
    }
    #expect(status == 408)
  }

  @Test func aBodyThatComesTooSlowlyIsRefused() async throws {
    let folder = try TestFolder()
    var limits = ServingLimits()
    limits.bodySeconds = 0.05
    let server = try await Hosted(limits: limits, service: TestService(folder: folder.path))
    for address in ["/n", "/upload"] {
      let status = try await server.talk { [server] wire in
        wire.send(
          "POST \(address) HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 900\r\n\r\na")
        return try wire.answer().status
      }
      #expect(status == 408, "\(address)")
    }
    #expect(try await becomes { folder.names.isEmpty })
  }

  @Test func aConnectionThatSaysNothingIsClosed() async throws {
    var limits = ServingLimits()
    limits.idleSeconds = 0.05
    let server = try await Hosted(limits: limits)
    try await server.talk { [server] wire in
      #expect(wire.closes())
      let after = try Wire(server.port)
      after.send("GET /health HTTP/1.1\r\n\(server.host)\r\n")
      #expect(try after.answer().text == "OK")
      #expect(after.closes())
    }
  }

  @Test func whoDoesNotReadAReplyIsLeft() async throws {
    var limits = ServingLimits()
    limits.stalledSeconds = 0.1
    let server = try await Hosted(limits: limits)
    try await server.talk { [server] wire in
      for _ in 0..<3 { wire.send("GET /large HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n") }
      // Until the other end is gone nothing of it is read: then a part came, and then the end.
      var isOpen = true
      for _ in 0..<2000 where isOpen {
        usleep(10_000)
        isOpen = wire.send("x")
      }
      #expect(!isOpen)
    }
    #expect(try await server.get("/health").status == 200)
  }

  /// Many that say nothing shut nobody out: the one that has been silent longest goes.
  @Test func moreConnectionsThanThereIsRoomForLeaveItServing() async throws {
    var limits = ServingLimits()
    limits.connections = 50
    let server = try await Hosted(limits: limits)
    try await server.talk { [server] first in
      var others: [Wire] = []
      for _ in 0..<200 { others.append(try Wire(server.port)) }
      #expect(first.closes())
      let last = try Wire(server.port)
      last.send("GET /health HTTP/1.1\r\n\(server.host)\r\n")
      #expect(try last.answer().text == "OK")
      withExtendedLifetime(others) {}
    }
  }

  @Test func aThousandIdleConnectionsLeaveItServing() async throws {
    let server = try await Hosted()
    try await server.talk { [server] wire in
      // Two thousand ends are in this process: no more than it may have open.
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      limit.rlim_cur = min(limit.rlim_max, 8192)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      var idle: [Wire] = []
      for number in 0..<1000 {
        idle.append(try Wire(server.port))
        if number % 3 == 0 { idle[number].send("GET /half") }
      }
      wire.send("GET /health HTTP/1.1\r\n\(server.host)\r\n")
      #expect(try wire.answer().text == "OK")
      withExtendedLifetime(idle) {}
    }
  }
}
