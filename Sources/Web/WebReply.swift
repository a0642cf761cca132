public import Foundation

/// What is sent back.
public struct WebReply: Sendable {
  /// The status, such as 200.
  public var status: Int
  /// Header fields beside those that every reply has.
  public var headers: [Header]
  /// What follows them.
  public var body: Body

  /// One header field.
  public typealias Header = (name: String, value: String)

  /// What follows the headers.
  public enum Body: Sendable {
    /// Bytes.
    case data(Data)
    /// A regular file, sent piece by piece; no link is followed, and a part of it is sent where that is asked.
    case file(path: String)
    /// Server-sent events for as long as the reader stays.
    case events(WebEvents)
  }

  /// Makes a reply; `type` is empty where nothing follows.
  public init(_ status: Int, type: String, headers: [Header] = [], body: Body) {
    self.status = status
    self.headers = type.isEmpty ? headers : [("Content-Type", type)] + headers
    self.body = body
  }

  /// JSON.
  public static func json(_ data: Data, status: Int = 200) -> WebReply {
    WebReply(status, type: "application/json", body: .data(data))
  }

  /// A page.
  public static func html(_ text: String, status: Int = 200) -> WebReply {
    WebReply(status, type: "text/html; charset=utf-8", body: .data(Data(text.utf8)))
  }

  /// Plain text.
  public static func text(_ text: String, status: Int = 200) -> WebReply {
    WebReply(status, type: "text/plain; charset=utf-8", body: .data(Data(text.utf8)))
  }

  /// The way to another address, which is then asked for with `GET`.
  public static func see(_ address: String) -> WebReply {
    WebReply(
      303, type: "text/plain; charset=utf-8", headers: [("Location", address)], body: .data(Data()))
  }

  /// Something that is kept by the reader under a name, never shown as a page of ours.
  public static func attachment(_ body: Body, name: String, type: String) -> WebReply {
    let plain = String(
      name.unicodeScalars.map {
        $0.isASCII && $0.value >= 32 && !"\"\\".unicodeScalars.contains($0) ? Character($0) : "_"
      })
    return WebReply(
      200, type: type,
      headers: [
        (
          "Content-Disposition",
          "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(WebQuery.encoded(name))"
        ),
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
      ], body: body)
  }
}

/// Events that are written for as long as a reader stays.
///
/// The sequence ends where it has nothing more to tell, and its task is cancelled where the reader goes.
public struct WebEvents: Sendable {
  /// Makes the sequence of finished lines (`data: …\n\n`) for one reader.
  public let make: @Sendable () -> AsyncStream<Data>

  /// Makes events of what makes their sequence.
  public init(_ make: @escaping @Sendable () -> AsyncStream<Data>) { self.make = make }

  /// One event of the form that browsers read: `event: NAME`, then `data:` lines.
  public static func event(_ name: String, _ text: String, id: String? = nil) -> Data {
    var lines = id.map { "id: \($0)\n" } ?? ""
    lines += "event: \(name)\n"
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += "data: \(line)\n"
    }
    return Data((lines + "\n").utf8)
  }
}
