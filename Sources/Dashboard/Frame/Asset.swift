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
    case "labbook.js": (PackageResources.labbook_js, "text/javascript; charset=utf-8")
    case "charts.css": (PackageResources.charts_css, "text/css; charset=utf-8")
    case "chart-tools.js": (PackageResources.chart_tools_js, "text/javascript; charset=utf-8")
    case "curves.js": (PackageResources.curves_js, "text/javascript; charset=utf-8")
    case "grid.js": (PackageResources.grid_js, "text/javascript; charset=utf-8")
    case "heat.js": (PackageResources.heat_js, "text/javascript; charset=utf-8")
    case "live.js": (PackageResources.live_js, "text/javascript; charset=utf-8")
    case "log.js": (PackageResources.log_js, "text/javascript; charset=utf-8")
    case "parallel.js": (PackageResources.parallel_js, "text/javascript; charset=utf-8")
    case "plot.js": (PackageResources.plot_js, "text/javascript; charset=utf-8")
    case "scale.js": (PackageResources.scale_js, "text/javascript; charset=utf-8")
    case "sweep.js": (PackageResources.sweep_js, "text/javascript; charset=utf-8")
    case "take.js": (PackageResources.take_js, "text/javascript; charset=utf-8")
    default: nil
    }
  }
}
