import RunStorage
import Web

/// What is refused, in MLflow's form: `{"error_code": "...", "message": "..."}`.
struct TrackingError: Error, Hashable, CustomStringConvertible {
  /// MLflow's codes, with the status that each is sent with.
  enum Code: String, Sendable {
    case invalid = "INVALID_PARAMETER_VALUE"
    case missing = "RESOURCE_DOES_NOT_EXIST"
    case exists = "RESOURCE_ALREADY_EXISTS"
    case badRequest = "BAD_REQUEST"
    case noEndpoint = "ENDPOINT_NOT_FOUND"
    case denied = "PERMISSION_DENIED"
    case unauthenticated = "UNAUTHENTICATED"
    case internalError = "INTERNAL_ERROR"
    case unavailable = "TEMPORARILY_UNAVAILABLE"

    var status: Int {
      switch self {
      case .invalid, .exists, .badRequest: 400
      case .unauthenticated: 401
      case .denied: 403
      case .missing, .noEndpoint: 404
      case .internalError: 500
      case .unavailable: 503
      }
    }
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The refusal of the store.
  init(_ refusal: LogRefusal) {
    let code: Code =
      switch refusal.reason {
      case .missing: .missing
      case .exists: .exists
      case .invalid, .state: .invalid
      case .denied: .denied
      }
    self.init(code, refusal.message)
  }

  var description: String { "\(code.rawValue): \(message)" }

  var reply: WebReply {
    var writer = JSONWriter()
    writer.object {
      $0.field("error_code", code.rawValue)
      $0.field("message", message)
    }
    var reply = WebReply.json(writer.data, status: code.status)
    if code == .unauthenticated { reply.headers.append(("WWW-Authenticate", "Bearer")) }
    return reply
  }
}
