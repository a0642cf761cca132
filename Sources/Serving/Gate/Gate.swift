import Foundation
import NIOHTTP1
import Web

/// Who may come in: the host, the page and the token of a request, before any service sees it.
struct Gate: Sendable {
  let tokens: Tokens
  let isReadOnly: Bool
  let names: HostNames
  let port: Int

  /// The head of a request that may come in; its `access` says how far.
  ///
  /// - Throws: `Refusal` where its host is not this server, or a page of another address sent it.
  func head(of request: HTTPRequestHead) throws(Refusal) -> WebHead {
    let headers = WebHeaders(request.headers.map { (name: $0.name, value: $0.value) })
    let target = try Target(request.uri)
    let host = try host(headers, target)
    try checkPage(headers, request.method, host)
    var head = WebHead(
      request.method.rawValue, target.path, query: target.query, headers: headers, access: .none)
    let credential = Credential.of(headers, target.query, port: port)
    // A page's address opens pages; a program sends its token in a header.
    let isInAddress = credential?.way == .address
    head.access = tokens.access(
      by: head.isTracking && isInAddress ? nil : credential?.token, isReadOnly: isReadOnly)
    if credential?.way == .cookie, !isSafe(request.method), head.access != .none {
      // A browser that sends the cookie by itself also says where a request that writes comes from.
      guard headers["origin"] != nil || headers["sec-fetch-site"] != nil else {
        throw Refusal(
          403, "a cookie alone does not write: send the token as 'Authorization: Bearer'")
      }
    }
    return head
  }

  private func host(_ headers: WebHeaders, _ target: Target) throws(Refusal) -> String {
    let hosts = headers.all("host")
    guard hosts.count == 1 else {
      throw Refusal(400, "a request names its host once, not \(hosts.count) times")
    }
    for host in [target.authority, hosts[0]].compactMap(\.self) where !names.has(host) {
      throw Refusal(
        421,
        "this server is not '\(host)': open the address that 'labbook serve' printed, or start it with "
          + "--host and that name")
    }
    return (target.authority ?? hosts[0]).lowercased()
  }

  /// Refuses what a page of another address makes a browser send.
  private func checkPage(
    _ headers: WebHeaders, _ method: HTTPMethod, _ host: String
  ) throws(Refusal) {
    for origin in headers.all("origin") where origin.lowercased() != "http://\(host)" {
      throw Refusal(403, "a page of another address may not ask this server")
    }
    guard let site = headers["sec-fetch-site"], site != "same-origin", site != "none" else {
      return
    }
    // Following a link is fine: its page cannot see what is answered, and reading changes nothing.
    guard isSafe(method), headers["sec-fetch-mode"] == "navigate",
      headers["sec-fetch-dest"] == "document"
    else { throw Refusal(403, "a page of another address may not ask this server") }
  }

  private func isSafe(_ method: HTTPMethod) -> Bool {
    method == .GET || method == .HEAD || method == .OPTIONS
  }
}
