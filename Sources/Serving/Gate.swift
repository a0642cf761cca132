import Foundation
import HTTPTypes
import Hummingbird
import Web

/// Who may come in: Host, Origin and token of a request, before any service sees it.
struct Gate: Sendable {
  let tokens: Tokens
  let isReadOnly: Bool
  /// The names under which this server is reached, with its port.
  let hosts: Set<String>

  static let cookie = "labbook"

  /// Why a request is refused.
  struct Refusal: Error {
    let status: Int
    let text: String
  }

  /// The head of a request that may come in.
  ///
  /// - Throws: `Refusal` where its Host is not this server or its Origin another one.
  func head(of request: Request) throws(Refusal) -> WebHead {
    let host = request.head.authority ?? request.headers[HTTPField.Name("Host")!]
    guard let host, hosts.contains(host.lowercased()) else {
      throw Refusal(status: 421, text: "this server is not the host that was asked for")
    }
    if let origin = request.headers[.origin], origin != "http://\(host)" {
      throw Refusal(status: 403, text: "requests from pages of other addresses are refused")
    }
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    let path = request.uri.path.split(separator: "/", omittingEmptySubsequences: true)
      .map { WebQuery.decoded($0) }
    let query = WebQuery(text: request.uri.query ?? "")
    return WebHead(
      request.method.rawValue, path, query: query, headers: headers,
      access: tokens.access(by: token(headers, query), readOnly: isReadOnly))
  }

  /// The token that came: as a Bearer, in the cookie of a page, or in the address that was printed.
  private func token(_ headers: [String: String], _ query: WebQuery) -> String? {
    if let word = headers["authorization"] {
      let parts = word.split(separator: " ", maxSplits: 1)
      return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
    for piece in (headers["cookie"] ?? "").split(separator: ";") {
      let parts = piece.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == Self.cookie {
        return String(parts[1])
      }
    }
    return query["token"]
  }
}
