import Foundation
import NIOHTTP1
import Web

/// The header fields of a reply, with those that every reply has.
enum ReplyHeaders {
  /// What every reply says to the browser, where its service says nothing else: nothing of other hosts,
  /// no guessing, no frames, no copies.
  private static let always: [(String, String)] = [
    ("X-Content-Type-Options", "nosniff"),
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    // Not `no-referrer`: with it a browser says of a form that its page is unknown.
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
  ]

  static func fields(of reply: PreparedReply) -> HTTPHeaders {
    var fields: [(String, String)] = []
    fields.reserveCapacity(reply.headers.count + always.count + 3)
    for (name, value) in reply.headers { fields.append((name, clean(value))) }
    for field in always where !reply.headers.contains(where: { isSame($0.name, field.0) }) {
      fields.append(field)
    }
    fields.append(("Date", HTTPDate.now()))
    if let length = reply.length, reply.status != 204, reply.status != 304 {
      fields.append(("Content-Length", String(length)))
    }
    return HTTPHeaders(fields)
  }

  /// A value without what would end its line.
  private static func clean(_ value: String) -> String {
    value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
      ? value
      : String(
        String.UnicodeScalarView(value.unicodeScalars.filter { $0.value >= 0x20 && $0 != "\u{7f}" })
      )
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
  }
}
