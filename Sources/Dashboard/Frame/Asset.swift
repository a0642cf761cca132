import Foundation
import Web

/// Styles and scripts, carried by the executable.
///
/// The browser keeps them and asks whether they are still the same.
struct AssetView: WebService {
  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.path.count == 2,
      head.path[0] == "assets", let (bytes, kind) = Self.asset(head.path[1])
    else { return .other }
    let tag = "\"\(Self.mark(bytes))\""
    let isKnown = head.headers["if-none-match"] == tag
    return .reply {
      WebReply(
        isKnown ? 304 : 200, type: kind.type,
        headers: [("Cache-Control", "no-cache"), ("ETag", tag)],
        body: .data(isKnown ? Data() : Data(bytes)))
    }
  }

  /// What a browser takes an asset for.
  private enum Kind {
    case style, script, picture

    var type: String {
      switch self {
      case .style: "text/css; charset=utf-8"
      case .script: "text/javascript; charset=utf-8"
      case .picture: "image/svg+xml"
      }
    }
  }

  private static func asset(_ name: String) -> (bytes: [UInt8], kind: Kind)? {
    switch name {
    case "labbook.css": (PackageResources.labbook_css, .style)
    case "labbook.js": (PackageResources.labbook_js, .script)
    case "labbook.svg": (PackageResources.labbook_svg, .picture)
    case "overview.css": (PackageResources.overview_css, .style)
    case "rows.js": (PackageResources.rows_js, .script)
    case "table.css": (PackageResources.table_css, .style)
    case "table.js": (PackageResources.table_js, .script)
    case "select.js": (PackageResources.select_js, .script)
    case "run.css": (PackageResources.run_css, .style)
    case "chart-tools.js": (PackageResources.chart_tools_js, .script)
    case "charts.css": (PackageResources.charts_css, .style)
    case "curves.js": (PackageResources.curves_js, .script)
    case "grid.js": (PackageResources.grid_js, .script)
    case "heat.js": (PackageResources.heat_js, .script)
    case "live.js": (PackageResources.live_js, .script)
    case "log.js": (PackageResources.log_js, .script)
    case "parallel.js": (PackageResources.parallel_js, .script)
    case "plot.js": (PackageResources.plot_js, .script)
    case "run.js": (PackageResources.run_js, .script)
    case "scale.js": (PackageResources.scale_js, .script)
    case "sweep.js": (PackageResources.sweep_js, .script)
    case "take.js": (PackageResources.take_js, .script)
    case "notebook.css": (NotebookStyles.css, .style)
    case "notebook.js": (PackageResources.notebook_js, .script)
    default: nil
    }
  }

  /// FNV-1a of the bytes, in hexadecimal digits.
  private static func mark(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
