/// What a request says before its body: everything a service needs to say what it does with it.
public struct WebHead: Sendable {
  /// The method in capitals, such as `GET`.
  public var method: String
  /// The path's parts, percent-decoded one by one: a `/` written as `%2F` stays within its part.
  public var path: [String]
  /// What stands behind the `?`, decoded, in its order.
  public var query: WebQuery
  /// Header fields.
  public var headers: WebHeaders
  /// What the one who asks may do.
  public var access: WebAccess

  /// Makes a head of its parts.
  public init(
    _ method: String, _ path: [String], query: WebQuery = WebQuery([]),
    headers: WebHeaders = [:], access: WebAccess
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.access = access
  }

  /// Whether the tracking API is asked: its errors are JSON, and its token opens it.
  public var isTracking: Bool {
    path.first == "api" || path.first == "ajax-api" || path == ["version"]
  }
}

/// What the one who asks may do, by the token that came with the request.
public enum WebAccess: Hashable, Sendable {
  /// No token, or a wrong one: nothing but `/health`.
  case none
  /// The token of the tracking API: it may log and read there, and sees no page.
  case tracking
  /// The pages and the tracking API, to read.
  case reading
  /// The pages whole: tags, notes, stopping.
  case editing
  /// No token is asked: the pages to read, the tracking API whole.
  case open

  /// Whether pages and their data are shown.
  public var seesPages: Bool { self == .reading || self == .editing || self == .open }
  /// Whether the tracking API answers questions.
  public var seesTracking: Bool { self != .none }
  /// Whether the tracking API takes what is logged, where the server is not for reading alone.
  public var mayLog: Bool { self == .tracking || self == .editing || self == .open }
}
