import Foundation
import Testing
import Tracking
import Web

/// Who sees and does what, by the token that came.
struct TokenTests {
  @Test func withoutATokenNothingIsServedButHealth() async throws {
    let server = try await Hosted()
    let health = try await server.get("/health")
    #expect(health.status == 200 && health.text == "OK")
    for address in ["/", "/runs", "/assets/labbook.css", "/runs.csv", "/nothing"] {
      let answer = try await server.get(address)
      #expect(answer.status == 401, "\(address)")
      #expect(!answer.text.contains("GET"), "a service was asked: \(address)")
    }
    let tracking = try await server.post("/api/2.0/mlflow/runs/search", body: "{}")
    #expect(tracking.status == 401)
    #expect(tracking["content-type"] == "application/json")
    #expect(tracking.text.contains("\"error_code\":\"UNAUTHENTICATED\""))
    #expect(try await server.get("/version").status == 401)
    let wrong = try await server.get(
      "/", "Authorization: Bearer \(String(repeating: "0", count: 32))\r\n")
    #expect(wrong.status == 401)
  }

  @Test func thePagesTokenOpensAll() async throws {
    let server = try await Hosted()
    #expect(try await server.get("/runs", server.bearer).text == "GET [\"runs\"]  editing")
    let answer = try await server.post("/runs/1/note", server.bearer, body: "a=b")
    #expect(answer.text.contains("editing a=b"))
    let tracking = try await server.post("/api/2.0/mlflow/runs/create", server.bearer, body: "{}")
    #expect(tracking.status == 200 && tracking.text.contains("editing"))
  }

  @Test func theTrackingTokenSeesNoPage() async throws {
    let server = try await Hosted()
    let api = try await server.post(
      "/api/2.0/mlflow/runs/create", server.trackingBearer, body: "{}")
    #expect(api.status == 200 && api.text.contains("tracking {}"))
    #expect(try await server.get("/version", server.trackingBearer).status == 200)
    for address in ["/", "/runs", "/events", "/runs/1"] {
      #expect(try await server.get(address, server.trackingBearer).status == 401, "\(address)")
    }
    #expect(try await server.post("/runs/1/stop", server.trackingBearer).status == 401)
    #expect(try await server.get("/?token=\(server.trackingToken)").status == 401)
  }

  /// What stands in an address is kept by browsers and in logs: it opens pages, and programs send a header.
  @Test func aTokenInAnAddressOpensNoTracking() async throws {
    let server = try await Hosted()
    for token in [server.pagesToken, server.trackingToken] {
      for address in ["/api/2.0/mlflow/runs/search", "/ajax-api/x", "/version"] {
        let answer = try await server.get("\(address)?token=\(token)")
        #expect(answer.status == 401, "\(address)")
      }
      #expect(try await server.post("/api/x?token=\(token)", body: "{}").status == 401)
    }
  }

  @Test func aTokenIsGivenWhole() async throws {
    let server = try await Hosted { $0.share = true }
    for token in [server.pagesToken, server.sharingToken, server.trackingToken] {
      for wrong in [
        String(token.dropLast()), String(token.prefix(1)), token + "0", String(token.reversed()),
        token.uppercased() + "A",
      ] {
        let bearer = "Authorization: Bearer \(wrong)\r\n"
        #expect(try await server.get("/runs", bearer).status == 401)
        #expect(try await server.get("/api/x", bearer).status == 401)
      }
    }
    #expect(try await server.get("/runs?token=").status == 401)
    #expect(try await server.get("/runs", "Cookie: labbook-\(server.port)=\r\n").status == 401)
    #expect(try await server.get("/runs", "Authorization: Basic \("me:".base64)\r\n").status == 401)
  }

  /// MLflow's client sends a user and a password as Basic.
  @Test func basicBringsATokenToo() async throws {
    let server = try await Hosted()
    let pair = Data("me:\(server.trackingToken)".utf8).base64EncodedString()
    #expect(try await server.get("/api/x", "Authorization: Basic \(pair)\r\n").status == 200)
    #expect(try await server.get("/runs", "Authorization: Basic \(pair)\r\n").status == 401)
    #expect(try await server.get("/api/x", "Authorization: Basic !!\r\n").status == 401)
    #expect(try await server.get("/api/x", "Authorization: Digest a\r\n").status == 401)
  }

  @Test func thePrintedAddressSetsACookieAndGoesOn() async throws {
    let server = try await Hosted()
    let answer = try await server.get("/runs?sort=lr&token=\(server.pagesToken)&where=a%26b")
    #expect(answer.status == 303)
    #expect(answer["location"] == "/runs?sort=lr&where=a%26b")
    let cookie = try #require(answer["set-cookie"])
    #expect(
      cookie
        == "labbook-\(server.port)=\(server.pagesToken); Path=/; HttpOnly; SameSite=Strict")
    let pair = cookie.prefix { $0 != ";" }
    let page = try await server.get("/runs", "Cookie: other=1; \(pair)\r\n")
    #expect(page.status == 200 && page.text.contains("editing"))
    let other = try await server.get("/runs", "Cookie: labbook-1=\(server.pagesToken)\r\n")
    #expect(other.status == 401)
  }

  /// A browser that follows a link of another page keeps a strict cookie back on every step of a
  /// redirection: a page of ours leads on.
  @Test func aLinkOfAnotherPageLeadsThroughAPage() async throws {
    let server = try await Hosted()
    let link =
      "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
    let answer = try await server.get("/runs?token=\(server.pagesToken)&a=1&b=2", link)
    #expect(answer.status == 200 && answer["location"] == nil)
    #expect(answer["set-cookie"]?.contains(server.pagesToken) == true)
    #expect(answer.text.contains("url=/runs?a=1&amp;b=2\""))
    let later = try await server.get("/runs?a=1", link)
    #expect(later.status == 401 && later.text.contains("url=/runs?a=1\""))
    #expect(
      try await server.get("/runs?a=1", "Sec-Fetch-Site: same-origin\r\n").text.contains("token"))
  }

  @Test func whatIsSharedOnlyReads() async throws {
    let server = try await Hosted { $0.share = true }
    let tokens = Set([server.pagesToken, server.sharingToken, server.trackingToken])
    #expect(tokens.count == 3 && tokens.allSatisfy { $0.count == 32 })
    let bearer = "Authorization: Bearer \(server.sharingToken)\r\n"
    #expect(try await server.get("/runs", bearer).text.hasSuffix("reading"))
    let write = try await server.post("/runs/1/note", bearer)
    #expect(write.status == 403 && write.text == "these pages only read\n")
  }

  @Test func readOnlyNeverWrites() async throws {
    let server = try await Hosted { $0.readOnly = true }
    #expect(try await server.get("/runs", server.bearer).text.hasSuffix("reading"))
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
      let answer = try await server.ask(
        "\(method) /runs/1 HTTP/1.1\r\n\(server.host)\(server.bearer)\r\n")
      #expect(answer.status == 403, "\(method)")
    }
  }

  @Test func withoutTokensPagesOnlyRead() async throws {
    let server = try await Hosted { $0.token = "none" }
    #expect(!server.lines.joined().contains("oken=") && server.lines.count == 2)
    #expect(try await server.get("/runs").text.hasSuffix("open"))
    #expect(try await server.post("/runs/1/note").status == 403)
    let api = try await server.post("/api/2.0/mlflow/runs/create", body: "{}")
    #expect(api.status == 200 && api.text.contains("open"))
    let page = try await server.post(
      "/api/2.0/mlflow/runs/create", "Origin: http://evil.example\r\n", body: "{}")
    #expect(page.status == 403)
  }

  @Test(arguments: [
    ("127.0.0.1", "short", "from 16 to 256"),
    ("127.0.0.1", "aaaaaaaaaaaaaaaaaaaaaaaa", "six different"),
    ("127.0.0.1", "0123456789abcdef/xyz", "letters a to z"),
    ("127.0.0.1", "0123456789abcdé0", "letters a to z"),
    ("0.0.0.0", nil, "needs --token"), ("0.0.0.0", "none", "--token none is for"),
    ("node17", nil, "needs --token"), ("::", nil, "needs --token"), ("", "none", "--host"),
    ("a b", "none", "--host"),
  ])
  func wrongOptionsAreToldBeforeAnythingIsOpened(_ host: String, _ token: String?, _ said: String)
    async
  {
    let error = await #expect(throws: LabbookError.self) {
      try await Hosted {
        $0.host = host
        $0.token = token
      }
    }
    #expect(error?.status == 2 && error?.message.contains(said) == true, "\(error?.message ?? "")")
  }
}

extension String {
  fileprivate var base64: String { Data(utf8).base64EncodedString() }
}
