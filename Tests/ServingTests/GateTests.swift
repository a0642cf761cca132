import Foundation
import Testing
import Web

/// Host and Origin: no page of another address, and no name led here, gets in.
struct GateTests {
  @Test(arguments: [
    "evil.example", "evil.example:5000", "127.0.0.1.evil.example", "localhost.evil.example",
    "10.0.0.1",
    "[::2]", "127.0.0.1:x", "127.0.0.1:99999", "127.0.0.1:", "[::1", "0.0.0.0", "localhost:5000:1",
    "",
  ])
  func anotherHostIsRefused(_ host: String) async throws {
    let server = try await Hosted()
    let answer = try await server.ask(
      "GET /runs HTTP/1.1\r\nHost: \(host)\r\n\(server.bearer)\r\n")
    #expect(answer.status == 421, "\(host): \(answer.status)")
    #expect(answer.text.contains("--host"))
    let api = try await server.ask(
      "GET /api/x HTTP/1.1\r\nHost: \(host)\r\n\(server.trackingBearer)\r\n")
    #expect(api.status == 421 && api["content-type"] == "application/json")
    #expect(try await server.ask("GET /health HTTP/1.1\r\nHost: \(host)\r\n\r\n").status == 421)
  }

  /// `ssh -L 8080:127.0.0.1:5000` brings another port.
  @Test(arguments: [
    "127.0.0.1", "localhost:8080", "LOCALHOST", "localhost.", "[::1]:5000", "127.1.2.3:1",
  ])
  func ownNamesAreAnswered(_ host: String) async throws {
    let server = try await Hosted()
    let answer = try await server.ask(
      "GET /runs HTTP/1.1\r\nHost: \(host)\r\n\(server.bearer)\r\n")
    #expect(answer.status == 200, "\(host)")
  }

  @Test func forOthersAnyNumberAndItsOwnNamesAreAnswered() async throws {
    let server = try await Hosted {
      $0.host = "0.0.0.0"
      $0.token = "abcdefgh01234567"
    }
    let own = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
      .trimmingCharacters(in: .newlines)
    for host in ["127.0.0.1:1", "10.1.2.3:5000", "[fd00::1]", "localhost", own, own.uppercased()] {
      let answer = try await server.ask(
        "GET /runs HTTP/1.1\r\nHost: \(host)\r\nAuthorization: Bearer abcdefgh01234567\r\n\r\n")
      #expect(answer.status == 200, "\(host)")
    }
    for host in ["evil.example", "\(own).evil.example", "1.2.3"] {
      let answer = try await server.ask(
        "GET /runs HTTP/1.1\r\nHost: \(host)\r\nAuthorization: Bearer abcdefgh01234567\r\n\r\n")
      #expect(answer.status == 421, "\(host)")
    }
    #expect(server.lines[0] == "http://\(own):\(server.port)/?token=abcdefgh01234567")
    #expect(server.lines[1] == "http://127.0.0.1:\(server.port)/?token=abcdefgh01234567")
    #expect(server.lines[2] == "export MLFLOW_TRACKING_URI=http://\(own):\(server.port)")
  }

  @Test func aHostStandsOnce() async throws {
    let server = try await Hosted()
    for hosts in ["", "\(server.host)\(server.host)", "\(server.host)Host: evil.example\r\n"] {
      let answer = try await server.ask("GET /runs HTTP/1.1\r\n\(hosts)\(server.bearer)\r\n")
      #expect(answer.status == 400, "\(hosts)")
    }
  }

  /// A proxy is asked with the whole address.
  @Test func theWholeAddressIsReadAndChecked() async throws {
    let server = try await Hosted()
    let good = try await server.ask(
      "GET http://localhost:\(server.port)/runs?a=1 HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
    #expect(good.text == "GET [\"runs\"] a=1 editing")
    let bad = try await server.ask(
      "GET http://evil.example/runs HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
    #expect(bad.status == 421)
    let other = try await server.ask(
      "GET https://localhost/runs HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
    #expect(other.status == 400)
  }

  @Test(arguments: [
    "http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:PORT", "",
  ])
  func aPageOfAnotherAddressIsRefused(_ origin: String) async throws {
    let server = try await Hosted()
    let line = "Origin: \(origin.replacing("PORT", with: "\(server.port)"))\r\n"
    #expect(try await server.get("/runs", server.bearer + line).status == 403)
    #expect(try await server.post("/runs/1/note", server.bearer + line).status == 403)
    #expect(try await server.post("/api/x", server.trackingBearer + line).status == 403)
    let preflight = try await server.ask(
      "OPTIONS /api/x HTTP/1.1\r\n\(server.host)\(line)Access-Control-Request-Method: POST\r\n\r\n")
    #expect(preflight.status == 403)
    #expect(!preflight.fields.contains { $0.0.hasPrefix("access-control") })
  }

  @Test func aPageOfThisAddressIsAnswered() async throws {
    let server = try await Hosted()
    let own = "Origin: http://127.0.0.1:\(server.port)\r\nSec-Fetch-Site: same-origin\r\n"
    #expect(try await server.post("/runs/1/note", server.bearer + own).status == 200)
    let cookie = "Cookie: labbook-\(server.port)=\(server.pagesToken)\r\n"
    #expect(try await server.post("/runs/1/note", cookie + own).status == 200)
  }

  /// A page of another port of this machine is "same-site": it is another user's.
  @Test(arguments: ["cross-site", "same-site"])
  func whatABrowserSaysOfThePageIsBelieved(_ site: String) async throws {
    let server = try await Hosted()
    let script = "Sec-Fetch-Site: \(site)\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n"
    #expect(try await server.get("/runs.json", server.bearer + script).status == 403)
    let form = "Sec-Fetch-Site: \(site)\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
    for mode in ["no-cors", "cors", "same-origin", "websocket"] {
      let read = form.replacing("navigate", with: mode)
      #expect(try await server.get("/runs", server.bearer + read).status == 403, "\(mode)")
    }
    let frame = "Sec-Fetch-Site: \(site)\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"
    #expect(try await server.get("/runs", server.bearer + frame).status == 403)
    #expect(try await server.post("/runs/1/stop", server.bearer + form).status == 403)
    // A link is followed.
    #expect(try await server.get("/runs", server.bearer + form).status == 200)
  }

  @Test func aCookieAloneDoesNotWrite() async throws {
    let server = try await Hosted()
    let cookie = "Cookie: labbook-\(server.port)=\(server.pagesToken)\r\n"
    #expect(try await server.get("/runs", cookie).status == 200)
    #expect(try await server.post("/runs/1/note", cookie).status == 403)
    #expect(try await server.post("/api/x", cookie).status == 403)
  }
}
