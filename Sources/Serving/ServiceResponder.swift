import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// From a request to the service that answers it, and back.
struct ServiceResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let gate: Gate
  let services: [any WebService]

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    do {
      let head = try gate.head(of: request)
      if let reply = entrance(head) { return response(reply, head) }
      return response(try await answer(head, request), head)
    } catch let refusal as Gate.Refusal {
      return response(.text(refusal.text + "\n", status: refusal.status), nil)
    }
  }

  /// What the server itself answers: whether it lives, and the way from the printed address to the pages.
  private func entrance(_ head: WebHead) -> WebReply? {
    if head.path == ["health"] { return .text("OK") }
    guard head.method == "GET", let token = head.query["token"], head.access.seesPages else {
      return nil
    }
    let rest = WebQuery(head.query.items.filter { $0.name != "token" })
    let path = "/" + head.path.map(WebQuery.encoded).joined(separator: "/")
    var reply = WebReply.see(rest.items.isEmpty ? path : "\(path)?\(rest.text)")
    reply.headers.append(
      ("Set-Cookie", "\(Gate.cookie)=\(token); Path=/; HttpOnly; SameSite=Strict"))
    return reply
  }

  private func answer(_ head: WebHead, _ request: Request) async throws -> WebReply {
    for service in services {
      switch service.handling(of: head) {
      case .other: continue
      case .answer(let limit, let work):
        let body = limit == 0 ? ByteBuffer() : try await request.body.collect(upTo: limit)
        return try await work(Data(body.readableBytesView))
      case .upload(let limit, let folder, let work):
        return try await UploadedFile.write(request.body, limit: limit, into: folder, then: work)
      }
    }
    return .text("there is nothing at this address\n", status: 404)
  }

  private func response(_ reply: WebReply, _ head: WebHead?) -> Response {
    var fields = HTTPFields()
    for (name, value) in Self.always + reply.headers {
      guard let name = HTTPField.Name(name) else { continue }
      fields[name] = value
    }
    let response = Response(
      status: HTTPResponse.Status(code: reply.status), headers: fields, body: reply.body.sent())
    return head?.method == "HEAD" ? response.createHeadResponse() : response
  }

  /// What every reply says to the browser: nothing of other hosts, no guessing, no frames.
  private static let always: [WebReply.Header] = [
    ("X-Content-Type-Options", "nosniff"),
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
  ]
}
