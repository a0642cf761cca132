public import Foundation

/// A part of the server: it looks at a request's head and says what it does with it.
public protocol WebService: Sendable {
  /// What is done with a request; `.other` where it is another service's.
  func handling(of head: WebHead) -> WebHandling
}

/// What a service does with a request.
public enum WebHandling: Sendable {
  /// It is another service's.
  case other
  /// Reads the whole body, at most `limit` bytes, and answers.
  case answer(limit: Int, @Sendable (Data) async throws -> WebReply)
  /// Writes the body, at most `limit` bytes, into a new file of `folder` under a hidden name, then answers;
  /// the file is gone after the answer unless it was renamed. What a killed server left there is removed
  /// before the first upload into the folder.
  case upload(
    limit: Int, folder: String, @Sendable (_ path: String, _ bytes: Int) async throws -> WebReply)

  /// Answers a request that needs no body.
  public static func reply(_ answer: @escaping @Sendable () async throws -> WebReply) -> WebHandling
  {
    .answer(limit: 0) { _ in try await answer() }
  }
}
