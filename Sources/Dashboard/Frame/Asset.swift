import Foundation
import Web

/// Styles and scripts, carried by the executable.
struct AssetView: WebService {
  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path.count == 2, head.path[0] == "assets",
      let (bytes, type) = Self.asset(head.path[1])
    else { return .other }
    return .reply {
      WebReply(
        200, type: type, headers: [("Cache-Control", "max-age=3600")], body: .data(Data(bytes)))
    }
  }

  private static func asset(_ name: String) -> (bytes: [UInt8], type: String)? {
    switch name {
    case "labbook.css": (PackageResources.labbook_css, "text/css; charset=utf-8")
    case "notebook.css": (Array(NotebookAsset.css), "text/css; charset=utf-8")
    case "notebook.js": (PackageResources.notebook_js, "text/javascript; charset=utf-8")
    case "labbook.js": (PackageResources.labbook_js, "text/javascript; charset=utf-8")
    default: nil
    }
  }
}
