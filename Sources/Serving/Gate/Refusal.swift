import Foundation
import Tracking
import Web

/// Why a request is not answered.
struct Refusal: Error {
  let status: Int
  let text: String

  init(_ status: Int, _ text: String) { (self.status, self.text) = (status, text) }

  /// The refusal as a reply: in MLflow's form where its API was asked, plain text elsewhere.
  func reply(isTracking: Bool) -> WebReply {
    var reply = isTracking ? json : .text(text + "\n", status: status)
    if status == 401 { reply.headers.append(("WWW-Authenticate", "Bearer realm=\"labbook\"")) }
    if status == 405 || status == 501 { reply.headers.append(("Allow", Self.methods)) }
    if status == 503 { reply.headers.append(("Retry-After", "1")) }
    return reply
  }

  /// The methods that are known.
  static let methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"

  private var json: WebReply {
    struct Body: Encodable {
      let error_code: String
      let message: String
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = try? encoder.encode(Body(error_code: code, message: text))
    return .json(body ?? Data("{}".utf8), status: status)
  }

  /// MLflow's name of the status.
  private var code: String {
    switch status {
    case 401: "UNAUTHENTICATED"
    case 403: "PERMISSION_DENIED"
    case 404, 405, 501: "ENDPOINT_NOT_FOUND"
    case 413, 429: "REQUEST_LIMIT_EXCEEDED"
    case 503: "TEMPORARILY_UNAVAILABLE"
    case 500..., 507: "INTERNAL_ERROR"
    default: "BAD_REQUEST"
    }
  }

  /// What a service's error is to the one who asked: wrong input is never this server's failure.
  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as LabbookError: self.init(error.status == 2 ? 400 : 500, "\(error)")
    case is DecodingError: self.init(400, "the body has not the form that is expected here")
    default: self.init(500, "the answer could not be made: \(error)")
    }
  }
}
