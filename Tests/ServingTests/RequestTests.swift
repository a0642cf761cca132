import Foundation
import Serving
import Testing

/// Requests of every kind: what is wrong is refused, and the server serves on.
struct RequestTests {
  @Test(arguments: [
    "/../etc/passwd", "/a/../b", "/%2e%2e/etc", "/%2E./a", "/a/%2e/b", "/./a", "/a%00b", "/a%ff",
    "/..%2f..%2fetc", "/a/..%5c..", "/%c0%ae%c0%ae/", "/a#b", "/a%EF%BF%BD",
  ])
  func noPathLeadsUp(_ path: String) async throws {
    let server = try await Hosted()
    #expect(try await server.get(path, server.bearer).status == 400, "\(path)")
  }

  @Test(arguments: [
    ("//runs", ["runs"]), ("/runs///1/", ["runs", "1"]), ("/a%2Fb/c", ["a/b", "c"]),
    ("/%C3%A4", ["ä"]), ("/a%b", ["a%b"]), ("/...", ["..."]), ("/.well-known", [".well-known"]),
  ])
  func pathsAreDecodedPartByPart(_ path: String, _ parts: [String]) async throws {
    let server = try await Hosted()
    #expect(try await server.get(path, server.bearer).text == "GET \(parts)  editing")
  }

  @Test(arguments: [
    "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
    "FOO / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET / HTTP/1.1\r\nA: b\u{0}c\r\n\r\n", "GET / HTTP/1.1\r\n folded: x\r\n\r\n",
    "{\"json\": 1}\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
  ])
  func whatIsNoRequestIsRefused(_ text: String) async throws {
    let server = try await Hosted()
    let status = try await server.talk { wire in
      wire.send(text)
      wire.finish()
      let status = (try? wire.answer().status) ?? 400
      #expect(wire.closes())
      return status
    }
    #expect((400..<500).contains(status), "\(text): \(status)")
    #expect(try await server.get("/health").status == 200)
  }

  @Test func otherMethodsAreToldWhichThereAre() async throws {
    let server = try await Hosted()
    for method in ["TRACE", "CONNECT", "PROPFIND"] {
      let target = method == "CONNECT" ? "127.0.0.1:1" : "/runs"
      let answer = try await server.ask(
        "\(method) \(target) HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
      #expect(answer.status == 501 && answer["allow"]?.contains("PATCH") == true, "\(method)")
    }
    let options = try await server.ask(
      "OPTIONS /runs HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
    #expect(options.status == 204 && options["allow"] != nil)
    let none = try await server.get("/nothing", server.bearer)
    #expect(none.status == 404)
    let api = try await server.get("/api/nothing", server.trackingBearer)
    #expect(api.status == 404 && api.text.contains("ENDPOINT_NOT_FOUND"))
  }

  @Test func aHeadIsAReadingWithoutItsBody() async throws {
    let server = try await Hosted()
    let (head, after) = try await server.talk { [server] wire in
      wire.send("HEAD /runs HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
      let head = try wire.answer(hasBody: false)
      wire.send("GET /health HTTP/1.1\r\n\(server.host)\r\n")
      return (head, try wire.answer())
    }
    #expect(
      head.status == 200 && head["content-length"] == "\("GET [\"runs\"]  editing".utf8.count)")
    #expect(after.text == "OK")
  }

  @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
    let server = try await Hosted()
    let texts = try await server.talk { [server] wire in
      var text = ""
      for number in 0..<50 {
        text +=
          "POST /n/\(number) HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 2\r\n\r\nab"
        text += "GET /m/\(number) HTTP/1.1\r\n\(server.host)\r\n"
      }
      wire.send(text)
      return try (0..<100).map { _ in try wire.answer() }.map { "\($0.status) \($0.text)" }
    }
    for number in 0..<50 {
      #expect(texts[2 * number] == "200 POST [\"n\", \"\(number)\"]  editing ab")
      #expect(texts[2 * number + 1].hasPrefix("401"))
    }
  }

  @Test func whatIsWrongAfterGoodRequestsIsToldAfterTheirReplies() async throws {
    let server = try await Hosted()
    let statuses = try await server.talk { [server] wire in
      let good = "POST /n HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 2\r\n\r\nab"
      wire.send(good + good + "nonsense\r\n\r\n")
      let statuses = try (0..<3).map { _ in try wire.answer().status }
      wire.finish()
      #expect(wire.closes())
      return statuses
    }
    #expect(statuses == [200, 200, 400])
  }

  @Test func aBodyInChunksIsWhole() async throws {
    let server = try await Hosted()
    let answer = try await server.ask(
      "POST /n HTTP/1.1\r\n\(server.host)\(server.bearer)Transfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\n")
    #expect(answer.text.hasSuffix("editing abcde"))
  }

  @Test func aBodyIsAskedForWhereThatIsExpected() async throws {
    let server = try await Hosted()
    let statuses = try await server.talk { [server] wire in
      wire.send(
        "POST /n HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
      )
      let go = try wire.answer(hasBody: false).status
      wire.send("ab")
      return [go, try wire.answer().status]
    }
    #expect(statuses == [100, 200])
    let refused = try await server.post("/n", "Expect: 100-continue\r\n", body: "ab")
    #expect(refused.status == 401)
    #expect(try await server.post("/n", server.bearer + "Expect: more\r\n").status == 417)
  }

  @Test func aBodyThatNobodyWantsIsReadPast() async throws {
    let server = try await Hosted()
    let answer = try await server.ask(
      "GET /runs HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 3\r\n\r\nabc")
    #expect(answer.status == 200 && answer["connection"] == "keep-alive")
  }

  @Test func aFormerVersionIsUnderstood() async throws {
    let server = try await Hosted()
    let answer = try await server.talk { [server] wire in
      wire.send("GET /health HTTP/1.0\r\n\(server.host)\r\n")
      let answer = try wire.answer()
      #expect(wire.closes())
      return answer
    }
    #expect(answer.text == "OK" && answer["connection"] == "close")
  }

  @Test func anErrorOfTheWorkIsToldInItsForm() async throws {
    let server = try await Hosted()
    let wrong = try await server.post("/api/wrong", server.trackingBearer)
    #expect(
      wrong.status == 400
        && wrong.text == "{\"error_code\":\"BAD_REQUEST\",\"message\":\"that is wrong\"}")
    let broken = try await server.post("/api/broken", server.trackingBearer)
    #expect(broken.status == 500 && broken.text.contains("INTERNAL_ERROR"))
    #expect(try await server.post("/wrong", server.bearer).text == "that is wrong\n")
  }

  /// What a service says in a field is one line, whatever a request has brought into it.
  @Test func aValueDoesNotEndItsField() async throws {
    let server = try await Hosted()
    let answer = try await server.get(
      "/told?value=a%0D%0ASet-Cookie:%20b%0D%0A%0D%0Ac%00%7Fd", server.bearer)
    #expect(answer["x-told"] == "aSet-Cookie: bcd" && answer["set-cookie"] == nil)
    #expect(answer.text == "told")
  }

  /// Every reply, also the refusals, says what a browser may do with it.
  @Test func everyReplyHasTheSafetyHeaders() async throws {
    let folder = try TestFolder()
    try folder.write("a", "text")
    let server = try await Hosted(service: TestService(folder: folder.path))
    var answers = [
      try await server.get("/health"), try await server.get("/runs"),
      try await server.get("/runs", server.bearer), try await server.get("/nothing", server.bearer),
      try await server.get("/?token=\(server.pagesToken)"),
      try await server.get("/files/a", server.bearer), try await server.get("/api/x"),
      try await server.post("/api/x", server.bearer + "Content-Length: 5000\r\n"),
      try await server.get("/%00", server.bearer), try await server.ask("nonsense\r\n\r\n"),
    ]
    answers.append(
      try await server.ask("HEAD /runs HTTP/1.1\r\n\(server.host)\r\n", hasBody: false))
    for answer in answers {
      #expect(answer["x-content-type-options"] == "nosniff", "\(answer)")
      #expect(
        answer["content-security-policy"]?.contains("default-src 'none'") == true, "\(answer)")
      #expect(answer["content-security-policy"]?.contains("unsafe") == false)
      #expect(answer["referrer-policy"] == "same-origin" && answer["x-frame-options"] == "DENY")
      #expect(answer["cross-origin-resource-policy"] == "same-origin")
      #expect(answer["cache-control"] == "no-store" && answer["date"]?.hasSuffix(" GMT") == true)
      #expect(answer["server"] == nil && answer["access-control-allow-origin"] == nil)
    }
    #expect(answers[5]["content-security-policy"] == "sandbox; default-src 'none'")
    #expect(answers[5]["content-disposition"]?.hasPrefix("attachment; filename=\"a\"") == true)
  }
}
