import Foundation
import NIOHTTP1
import Web

/// Says what is done with a request: what the server itself answers, and which service answers the rest.
struct Reception: Sendable {
  let gate: Gate
  let services: [any WebService]
  let limits: ServingLimits

  /// The head of a request that may come in, as services see it.
  func head(of request: HTTPRequestHead) throws(Refusal) -> WebHead {
    guard request.uri.utf8.count <= limits.address else {
      throw Refusal(414, "an address has at most \(limits.address) bytes")
    }
    switch request.method {
    case .GET, .HEAD, .POST, .PUT, .PATCH, .DELETE, .OPTIONS: break
    default: throw Refusal(501, "the method \(request.method) is not known here")
    }
    if let expected = request.headers.first(name: "expect"), expected.lowercased() != "100-continue"
    {
      throw Refusal(417, "nothing but 100-continue can be expected")
    }
    return try gate.head(of: request)
  }

  /// What is done with the request of a head.
  func handling(of head: WebHead) throws(Refusal) -> WebHandling {
    if head.path == ["health"] {
      guard ["GET", "HEAD"].contains(head.method) else { throw Refusal(405, "only to be read") }
      return .reply { .text("OK") }
    }
    if let reply = entrance(head) { return .reply { reply } }
    try checkAccess(head)
    if head.method == "OPTIONS" {
      return .reply {
        WebReply(204, type: "", headers: [("Allow", Refusal.methods)], body: .data(Data()))
      }
    }
    var asked = head
    // What is asked of a head is what a reading would bring, without its body.
    if head.method == "HEAD" { asked.method = "GET" }
    for service in services {
      let handling = service.handling(of: asked)
      if case .other = handling { continue }
      return handling
    }
    throw Refusal(
      404,
      head.isTracking
        ? "\(head.method) /\(head.path.joined(separator: "/")) is not served here"
        : "there is nothing at this address")
  }

  /// Without a token nothing but `/health` is served; what writes wants more than reading.
  private func checkAccess(_ head: WebHead) throws(Refusal) {
    if head.isTracking {
      guard head.access != .none else {
        throw Refusal(
          401, "this needs the token that 'labbook serve' printed, in MLFLOW_TRACKING_TOKEN")
      }
      return
    }
    guard head.access.seesPages else {
      throw Refusal(
        401,
        head.access == .tracking
          ? "the token of the tracking API opens no pages"
          : "this needs the address with its token that 'labbook serve' printed")
    }
    guard ["GET", "HEAD", "OPTIONS"].contains(head.method) || head.access == .editing else {
      throw Refusal(403, "these pages only read")
    }
  }

  /// The way from the printed address to the pages: the token goes into a cookie, and out of the address.
  private func entrance(_ head: WebHead) -> WebReply? {
    guard head.method == "GET" || head.method == "HEAD", !head.isTracking else { return nil }
    let rest = WebQuery(head.query.items.filter { $0.name != "token" })
    let path = "/" + head.path.map(WebQuery.encoded).joined(separator: "/")
    let address = rest.items.isEmpty ? path : "\(path)?\(rest.text)"
    let isFromElsewhere =
      head.headers["sec-fetch-site"].map { $0 != "none" && $0 != "same-origin" } ?? false
    guard let token = head.query["token"] else {
      // A browser that follows a link of another page keeps the cookie back; from here it sends it.
      return isFromElsewhere && head.access == .none ? Self.step(to: address, status: 401) : nil
    }
    guard head.access.seesPages, gate.tokens.pages != nil else { return nil }
    var reply = isFromElsewhere ? Self.step(to: address, status: 200) : .see(address)
    reply.headers.append(
      (
        "Set-Cookie",
        "\(Credential.cookie(gate.port))=\(token); Path=/; HttpOnly; SameSite=Strict"
      ))
    return reply
  }

  /// A page that leads to an address of this server by itself.
  private static func step(to address: String, status: Int) -> WebReply {
    // An encoded address has no sign that HTML reads but this one.
    let target = address.replacing("&", with: "&amp;")
    return .html(
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Labbook</title>
      <meta http-equiv="refresh" content="0;url=\(target)"></head>
      <body><p><a href="\(target)">Open the page</a></p></body></html>
      """, status: status)
  }
}
