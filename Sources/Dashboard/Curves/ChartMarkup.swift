import Drawing
import Figures
import Pages
import RunStorage
import Runs
import Tracking
import Web

/// Where charts stand on a page: the scripts of the page fill them.
enum ChartMarkup {
  /// The scripts that a page with curves needs, after those that every page has.
  static var curveScripts: [String] {
    (Dygraphs.isThere ? ["dygraph.js"] : [])
      + ["live.js", "take.js"]
      + (Dygraphs.isThere ? ["plot.js", "chart-tools.js", "curves.js"] : [])
  }
  /// The styles that a page with charts needs.
  static var styles: [String] { ["charts.css"] + (Dygraphs.isThere ? ["dygraph.css"] : []) }

  /// Curves of runs, live where some of them are at work.
  ///
  /// - Parameters:
  ///   - query: what `/curves.json` takes.
  ///   - figure: what `/figure.svg` takes for the same; `nil` where no figure can be drawn.
  ///   - why: why there is no figure.
  static func curves(
    _ query: WebQuery, isLive: Bool, figure: WebQuery?, why: String? = nil
  ) -> String {
    let drawn = figure.map { "/figure.svg?" + $0.text }
    guard Dygraphs.isThere else { return withoutDygraphs(drawn) }
    var attributes = "data-chart data-query=\"\(escapedHTML(query.text))\""
    if isLive { attributes += " data-live" }
    if let figure { attributes += " data-figure=\"\(escapedHTML(figure.text))\"" }
    if let why { attributes += " data-why=\"\(escapedHTML(why))\"" }
    let still =
      drawn.map {
        "<noscript><a href=\"\(escapedHTML($0))\">The curves as gnuplot draws them</a></noscript>"
      } ?? ""
    return "<div class=\"chart\" \(attributes)></div>\(still)"
  }

  private static func withoutDygraphs(_ drawn: String?) -> String {
    """
    <p class="remark">Dygraphs is not installed where this server runs, so that charts do not move: \
    <code>apt-get install libjs-dygraphs</code>, then load the page again.\
    \(drawn == nil ? "" : " Until then this is the figure as gnuplot draws it.")</p>
    \(drawn.map(picture) ?? "")
    """
  }

  private static func picture(_ address: String) -> String {
    """
    <div class="figure-frame"><a href="\(escapedHTML(address))">\
    <svg class="drawn" viewBox="0 0 720 480" role="img" aria-label="The curves as gnuplot draws them">\
    <image href="\(escapedHTML(address))" width="720" height="480"></image></svg></a></div>
    """
  }

  /// Configurations as lines across their keys and as a heat map.
  ///
  /// - Parameters:
  ///   - query: what `/points.json` takes.
  ///   - figure: what `/figure.svg` takes for curves of the same runs; `nil` where no figure can be drawn.
  static func configurations(_ query: WebQuery, figure: WebQuery?) -> String {
    ["parallel": "parallel", "heat": "heatmap"].sorted { $0.key > $1.key }.map { name, kind in
      let drawn = figure.map { figure in
        let kept = figure.items.filter { ["sweep", "where", "former"].contains($0.name) }
        return " data-figure=\"\(escapedHTML(WebQuery([.init("kind", kind)] + kept).text))\""
      }
      return
        "<div class=\"chart\" data-\(name)=\"\(escapedHTML(query.text))\"\(drawn ?? "")></div>"
    }.joined(separator: "\n")
  }

  /// The page's scale of colours, which its canvases use.
  static var scale: String {
    let colours = (0...16).map { Style.sequential(Double($0) / 16).hex }
    return "<span hidden data-scale=\"\(colours.joined(separator: ","))\"></span>"
  }

  /// What `/figure` takes to draw curves of some runs alone, where they are of one sweep.
  static func figure(
    ofRuns runs: [RunRecord], sweep: SweepName?, condition: String?, by: String = ""
  ) -> WebQuery? {
    guard let own = sweep ?? runs.first?.sweep,
      sweep != nil || runs.allSatisfy({ $0.sweep == own })
    else { return nil }
    var items = [
      WebQuery.Item("kind", "curves"), WebQuery.Item("sweep", own.description),
    ]
    if !by.isEmpty { items.append(WebQuery.Item("by", by)) }
    if let condition, !condition.isEmpty { items.append(WebQuery.Item("where", condition)) }
    if sweep == nil, condition ?? "" != "" {
      items.append(WebQuery.Item("former", "1"))
    } else if sweep == nil {
      let named = runs.map { "run = '\($0.id)'" }.joined(separator: " or ")
      items += [WebQuery.Item("where", named), WebQuery.Item("former", "1")]
    }
    return WebQuery(items)
  }
}
