import Pages
import RunStorage
import Terminal
import Tracking

/// Rows of a table of runs as HTML, a window at a time.
struct TableRows {
  let snapshot: TableSnapshot
  let columns: ShownColumns
  let store: RunStore

  /// The rows of a window; what lies beyond the last row is none.
  func markup(_ window: Range<Int>) throws -> [String] {
    let places = window.clamped(to: 0..<snapshot.arrangement.count)
    let runs = places.filter { snapshot.arrangement.entry($0).kind == .run }
    let records = try store.records(snapshot.arrangement, at: runs)
    let found = records.compactMap { $0 }
    let beginnings = try store.beginnings(of: found.map(\.id))
    let reduced = try store.values(
      columns.metrics.filter { $0.reduction == .min || $0.reduction == .max }, of: found.map(\.id))
    let byPlace = Dictionary(zip(runs, records), uniquingKeysWith: { first, _ in first })
    let groups = places.filter { snapshot.arrangement.entry($0).kind == .configuration }
    let summaries = Dictionary(
      zip(groups, try store.summaries(snapshot.arrangement, groups, of: columns.metrics)),
      uniquingKeysWith: { first, _ in first })
    return try places.map { place in
      switch snapshot.arrangement.entry(place) {
      case (.run, _):
        guard let run = byPlace[place] ?? nil else { return removed }
        return row(run, beginnings[run.id] ?? run.id.short, reduced[run.id] ?? [:])
      case (.configuration, _):
        return (summaries[place] ?? nil).map(row) ?? removed
      case (.heading(let value), let count): return try heading(place, value, count)
      }
    }
  }

  private var cells: TableCells { TableCells(columns: columns.shown) }

  private var removed: String {
    "<tr class=\"gone\"><th scope=\"row\">removed</th><td colspan=\"\(columns.shown.count)\"></td></tr>"
  }

  /// The row of a run.
  func row(_ run: RunRecord, _ name: String, _ reduced: [ReducedMetric: Double]) -> String {
    "<tr data-row=\"\(name)\">"
      + head(name, key: run.key, Markup.link("/runs/\(name)", run.id.short) + called(run), "run")
      + cells.cells(run, reduced) + "</tr>"
  }

  /// What the program called it that logged it.
  private func called(_ run: RunRecord) -> String {
    run.name.map { " <span class=\"faint\">\(Markup.clipped($0, to: 24))</span>" } ?? ""
  }

  /// The row of a configuration.
  func row(_ summary: RunSummary) -> String {
    let configuration = summary.first.configuration
    let name = String(configuration.prefix(12))
    let runs = snapshot.request.with {
      $0.isByConfiguration = false
      $0.group = nil
      ($0.pins, $0.selected, $0.columns) = ([], [], [])
      $0.filter = FilterClause.equal("configuration", .text(configuration)).text
    }
    let count = "<span class=\"faint\">\(Quantity.count(summary.runs))×</span>"
    return "<tr data-row=\"\(escapedHTML(name))\">"
      + head(
        name, key: configuration,
        Markup.link(runs.address(), escapedHTML(String(configuration.prefix(8)))) + " " + count,
        "configuration") + cells.cells(summary, isHeading: false) + "</tr>"
  }

  private func head(_ name: String, key: String, _ link: String, _ kind: String) -> String {
    let name = escapedHTML(name)
    return
      "<th scope=\"row\"><input type=\"checkbox\" name=\"select\" value=\"\(name)\" form=\"rows\" "
      + "aria-label=\"Select \(kind) \(name)\">\(Markup.dot(key))\(link)"
      + "<button class=\"pin\" name=\"pin\" value=\"\(name)\" form=\"rows\" data-pin "
      + "aria-label=\"Pin \(kind) \(name)\" title=\"Pin (p)\">⇡</button></th>"
  }

  private func heading(_ place: Int, _ value: ParameterValue, _ count: Int) throws -> String {
    let name = snapshot.request.group ?? ""
    let words = value == .off ? "no \(name)" : "\(name) = \(value.display)"
    let summary = try snapshot.summary(ofHeading: place, columns.metrics, in: store)
    return "<tr class=\"heading\"><th scope=\"rowgroup\">\(Markup.clipped(words, to: 60)) "
      + "<span class=\"faint\">\(Quantity.count(count))×</span></th>"
      + (summary.map { cells.cells($0, isHeading: true) } ?? "") + "</tr>"
  }
}
