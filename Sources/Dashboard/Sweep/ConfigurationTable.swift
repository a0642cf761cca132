import Pages
import RunStorage
import Tracking

/// Configurations as a table, the best first: what heat maps and parallel coordinates show, in numbers.
struct ConfigurationTable {
  /// The table.
  let html: String

  private static let most = 50

  init(_ points: ConfigurationPoints, _ ranked: [RunGroup], _ metric: Metric) {
    let byKey = Dictionary(points.rows.map { ($0.key, $0) }) { first, _ in first }
    let rows = ranked.prefix(Self.most).compactMap { group -> String? in
      guard let first = group.runs.first, let row = byKey[first.configuration] else { return nil }
      let values = row.values.map { "<td>\(Markup.clipped($0?.display ?? "", to: 40))</td>" }
      let statistics = row.statistics.map(\.description) ?? ""
      return "<tr data-row><th scope=\"row\">"
        + Markup.link("/runs/\(first.id)", Markup.dot(row.key) + first.id.short) + "</th>"
        + values.joined()
        + "<td class=\"number\">\(escapedHTML(statistics))</td><td class=\"number\">\(row.runs)</td></tr>"
    }
    let keys = points.keys.map { "<th scope=\"col\">\(escapedHTML($0))</th>" }.joined()
    let more =
      ranked.count > Self.most ? "The best \(Self.most) of \(ranked.count) configurations. " : ""
    html = """
      <p class="remark">\(more)\(escapedHTML(metric.name)), the final values: mean ± sample deviation (n) \
      over the seeds.</p>
      <div class="wide" tabindex="0"><table class="numbers"><thead><tr><th scope="col">first run</th>\(keys)\
      <th scope="col" class="number">\(escapedHTML(metric.name))</th><th scope="col" class="number">runs</th>\
      </tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
  }
}
