import Foundation
import Web

/// The words that open the server, made at start.
struct Tokens: Sendable {
  /// Opens everything; `nil` where nothing asks for a token, and pages only read.
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
  func access(by token: String?, isReadOnly: Bool) -> WebAccess {
    guard let pages else { return .open }
    guard let token else { return .none }
    if Self.isSame(token, pages) { return isReadOnly ? .reading : .editing }
    if let sharing, Self.isSame(token, sharing) { return .reading }
    if let tracking, Self.isSame(token, tracking) { return .tracking }
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
  private static func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.utf8, b.utf8)
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
