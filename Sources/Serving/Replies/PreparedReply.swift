import Foundation
import NIOCore
import NIOHTTP1
import Web

/// A reply as it goes to the connection: files are open, parts of them chosen, what is known left out.
struct PreparedReply: Sendable {
  var status: Int
  var headers: [WebReply.Header]
  var body: Body

  enum Body: Sendable {
    case empty
    case data(ByteBuffer)
    case file(OpenedFile, Range<Int>)
    case events(WebEvents)
  }

  /// Prepares a reply to a request; opens its file, for which the disk may be waited for.
  ///
  /// - Parameter head: the request's; `nil` where it was refused before it was understood.
  init(_ reply: WebReply, to head: WebHead?) throws(Refusal) {
    (status, headers) = (reply.status, reply.headers)
    switch reply.body {
    case .data(let data):
      body = .data(ByteBuffer(bytes: data))
      if reply.status == 200, Self.isKept(reply) { headers.append(("ETag", Self.tag(of: data))) }
      leaveOutWhatIsKnown(head)
    case .events(let events):
      body = .events(events)
      headers.append(("X-Accel-Buffering", "no"))
    case .file(let path):
      let file = try OpenedFile(path)
      body = .file(file, 0..<file.size)
      guard status == 200 else { break }
      headers += [("ETag", file.tag), ("Accept-Ranges", "bytes")]
      leaveOutWhatIsKnown(head)
      chooseRange(head, of: file)
    }
  }

  /// Bytes of the body; `nil` where nobody knows them before.
  var length: Int? {
    switch body {
    case .empty: 0
    case .data(let buffer): buffer.readableBytes
    case .file(_, let range): range.count
    case .events: nil
    }
  }

  private func field(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }

  private mutating func leaveOutWhatIsKnown(_ head: WebHead?) {
    guard status == 200, let head, head.method == "GET" || head.method == "HEAD",
      let tag = field("etag"), let known = head.headers["if-none-match"]
    else { return }
    let tags = known.split(separator: ",").map {
      let word = $0.trimmingCharacters(in: .whitespaces)
      return word.hasPrefix("W/") ? String(word.dropFirst(2)) : word
    }
    guard tags.contains(tag) || tags == ["*"] else { return }
    (status, body) = (304, .empty)
    headers.removeAll { $0.name.lowercased() == "content-type" }
  }

  private mutating func chooseRange(_ head: WebHead?, of file: OpenedFile) {
    guard status == 200, let head, head.method == "GET" else { return }
    if let condition = head.headers["if-range"], condition != file.tag { return }
    switch ByteRange(head.headers["range"], size: file.size) {
    case .whole: break
    case .part(let range):
      (status, body) = (206, .file(file, range))
      headers.append(
        ("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"))
    case .outside:
      (status, body) = (416, .empty)
      headers.append(("Content-Range", "bytes */\(file.size)"))
    }
  }

  /// Whether a browser may keep the reply.
  private static func isKept(_ reply: WebReply) -> Bool {
    reply.headers.contains {
      $0.name.lowercased() == "cache-control" && !$0.value.contains("no-store")
    } && !reply.headers.contains { $0.name.lowercased() == "etag" }
  }

  /// A tag of the bytes: FNV-1a with 64 bits.
  private static func tag(of data: Data) -> String {
    let hash = data.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\"\(String(hash, radix: 36))-\(String(data.count, radix: 36))\""
  }
}
