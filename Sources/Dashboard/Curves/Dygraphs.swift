import Foundation
import Web

/// The library that draws moving curves, as Debian's libjs-dygraphs installs it.
enum Dygraphs {
  private static let folders = [
    "/usr/share/javascript/dygraphs", "/usr/local/share/javascript/dygraphs",
  ]

  /// What pages ask for, and what it is called where it is installed.
  private static let files = [
    "dygraph.js": ("dygraph.min.js", "text/javascript; charset=utf-8"),
    "dygraph.css": ("dygraph.min.css", "text/css; charset=utf-8"),
  ]

  /// Whether it is installed, now.
  static var isThere: Bool { files.keys.allSatisfy { path(of: $0) != nil } }

  fileprivate static func path(of name: String) -> String? {
    guard let file = files[name]?.0 else { return nil }
    let own = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    let carried = own.map { $0.appending(path: "../share/labbook/dygraphs").standardized.path }
    return (folders + (carried.map { [$0] } ?? [])).map { "\($0)/\(file)" }
      .first { FileManager.default.isReadableFile(atPath: $0) }
  }

  fileprivate static func type(of name: String) -> String { files[name]?.1 ?? "" }
}

/// `/assets/dygraph.js` and `/assets/dygraph.css`, from where Debian puts them.
struct DygraphsView: WebService {
  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path.count == 2, head.path[0] == "assets",
      let path = Dygraphs.path(of: head.path[1])
    else { return .other }
    let type = Dygraphs.type(of: head.path[1])
    return .reply {
      WebReply(
        200, type: type, headers: [("Cache-Control", "max-age=86400")], body: .file(path: path))
    }
  }
}
