import NIOHTTP1
import Web

/// What of a request its reply depends on.
struct Exchange {
  let version: HTTPVersion
  let isHead: Bool
  /// Whether another request may follow on the connection.
  var isKept: Bool
  /// Whether a body follows the head.
  let hasBody: Bool
  /// The length that was announced.
  let announced: Int?
  /// Whether the body is sent only after it was asked for.
  let waitsForGo: Bool
  let isTracking: Bool
  /// Whether another protocol was asked for; none is spoken here, and the connection ends with the reply.
  let isUpgrade: Bool
  /// The head as services see it; `nil` where the request was refused.
  var head: WebHead?

  init(_ request: HTTPRequestHead) {
    version = request.version
    isHead = request.method == .HEAD
    announced = request.headers.first(name: "content-length").flatMap(Int.init)
    let isChunked = request.headers.contains(name: "transfer-encoding")
    hasBody = isChunked || (announced ?? 0) > 0
    waitsForGo =
      hasBody && request.version != .http1_0
      && request.headers.first(name: "expect")?.lowercased() == "100-continue"
    isUpgrade = request.headers.contains(name: "upgrade")
    isKept = request.isKeepAlive && !isUpgrade
    let path = request.uri.prefix { $0 != "?" }
    isTracking = path.hasPrefix("/api/") || path.hasPrefix("/ajax-api/") || path == "/version"
  }
}
