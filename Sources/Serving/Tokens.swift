import Foundation
import Web

/// The words that open the server, made at start.
struct Tokens: Sendable {
  /// Opens the pages, to edit as well; `nil` where the pages ask for none and only read.
  let pages: String?
  /// Opens the pages to read; `nil` where none was asked for.
  let sharing: String?
  /// Opens the tracking API; `nil` where it asks for none.
  let tracking: String?

  init(_ order: ServeOrder) {
    if order.token == "none" {
      (pages, sharing, tracking) = (nil, nil, nil)
    } else {
      pages = order.token ?? Self.random()
      sharing = order.share ? Self.random() : nil
      tracking = Self.random()
    }
  }

  /// What a token lets its bearer do.
  func access(by token: String?, readOnly: Bool) -> WebAccess {
    guard let pages else { return .open }
    guard let token else { return .none }
    if Self.equal(token, pages) { return readOnly ? .reading : .editing }
    if let sharing, Self.equal(token, sharing) { return .reading }
    if let tracking, Self.equal(token, tracking) { return .tracking }
    return .none
  }

  /// 128 random bits in hexadecimal digits.
  private static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Compares in a time that does not tell where they differ.
  private static func equal(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
