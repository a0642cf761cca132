import Foundation
import RunStorage
import Tracking
import Web

/// One of MLflow's endpoints.
struct Endpoint: Sendable {
  let method: String
  /// The path behind `mlflow/`.
  let path: String
  /// Whether it changes something.
  let isWriting: Bool
  /// As many bytes as its body may have.
  let limit: Int
  private let known: @Sendable () -> [RequestFields.Known]
  private let work: @Sendable (RequestFields) async throws -> WebReply

  /// An endpoint that is asked.
  static func get(
    _ path: String, _ known: @escaping @autoclosure @Sendable () -> [RequestFields.Known],
    _ work: @escaping @Sendable (RequestFields) throws -> WebReply
  ) -> Endpoint {
    Endpoint(method: "GET", path: path, isWriting: false, limit: 0, known: known) { fields in
      try await Blocking.run { try work(fields) }
    }
  }

  /// An endpoint that is asked with a body.
  static func search(
    _ path: String, _ known: @escaping @autoclosure @Sendable () -> [RequestFields.Known],
    _ work: @escaping @Sendable (RequestFields) throws -> WebReply
  ) -> Endpoint {
    Endpoint(method: "POST", path: path, isWriting: false, limit: 1 << 20, known: known) {
      fields in
      try await Blocking.run { try work(fields) }
    }
  }

  /// An endpoint that changes something.
  static func post(
    _ path: String, limit: Int = 1 << 20, method: String = "POST",
    _ known: @escaping @autoclosure @Sendable () -> [RequestFields.Known],
    _ work: @escaping @Sendable (RequestFields) async throws -> WebReply
  ) -> Endpoint {
    Endpoint(
      method: method, path: path, isWriting: true, limit: limit, known: known, work: work)
  }

  private init(
    method: String, path: String, isWriting: Bool, limit: Int,
    known: @escaping @Sendable () -> [RequestFields.Known],
    work: @escaping @Sendable (RequestFields) async throws -> WebReply
  ) {
    (self.method, self.path, self.isWriting, self.limit) = (method, path, isWriting, limit)
    (self.known, self.work) = (known, work)
  }

  /// Answers a request; what is refused in MLflow's form.
  func answer(_ head: WebHead, _ body: Data) async -> WebReply {
    do {
      return try await work(try RequestFields(head, body, known()))
    } catch {
      return Self.reply(to: error)
    }
  }

  /// What a refusal or a failure is answered with.
  static func reply(to error: any Error) -> WebReply {
    switch error {
    case let error as TrackingError: error.reply
    case let error as LogRefusal: TrackingError(error).reply
    case let error as LabbookError:
      TrackingError(.unavailable, error.description).reply
    default: TrackingError(.internalError, "\(error)").reply
    }
  }
}

extension WebReply {
  /// The reply of an endpoint that has nothing to say.
  static var done: WebReply { .json(Data("{}".utf8)) }

  /// A reply of one object.
  static func object(
    reserving count: Int = 256, _ body: (inout JSONWriter) throws -> Void
  ) rethrows -> WebReply {
    var writer = JSONWriter(reserving: count)
    try writer.object(body)
    return .json(writer.data)
  }
}
