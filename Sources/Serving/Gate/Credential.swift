import Foundation
import Web

/// The token that came with a request, and how.
struct Credential {
  let token: String
  let way: Way

  enum Way {
    /// A header that no page of another address can make a browser send.
    case header
    /// The cookie, which a browser adds by itself.
    case cookie
    /// The address that was printed.
    case address
  }

  /// The name of the cookie: one for each port, for browsers keep one set of cookies for all of them.
  static func cookie(_ port: Int) -> String { "labbook-\(port)" }

  /// The token of a request: as Bearer, as the password of Basic, in the cookie, or in its address.
  static func of(_ headers: WebHeaders, _ query: WebQuery, port: Int) -> Credential? {
    if let word = headers["authorization"] {
      return token(ofAuthorization: word).map { Credential(token: $0, way: .header) }
    }
    if let token = query["token"] { return Credential(token: token, way: .address) }
    let name = cookie(port)
    for line in headers.all("cookie") {
      for piece in line.split(separator: ";") {
        let parts = piece.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
          return Credential(
            token: parts[1].trimmingCharacters(in: .whitespaces), way: .cookie)
        }
      }
    }
    return nil
  }

  private static func token(ofAuthorization word: String) -> String? {
    let parts = word.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let value = parts[1].trimmingCharacters(in: .whitespaces)
    switch parts[0].lowercased() {
    case "bearer": return value
    case "basic":
      // MLflow's client sends a user and a password so; the user may have any name.
      guard let data = Data(base64Encoded: value) else { return nil }
      let pair = String(decoding: data, as: UTF8.self)
      return pair.firstIndex(of: ":").map { String(pair[pair.index(after: $0)...]) }
    default: return nil
    }
  }
}
