import RunStorage
import Tracking

/// The rows that an address pins to the top of the table.
struct TablePins {
  let request: TableRequest
  let store: RunStore

  /// The rows as HTML, one after the other; of a name that no run or several have nothing but that.
  func markup(_ rows: TableRows) throws -> String {
    try request.pins.map { pin in
      if request.isByConfiguration {
        guard let summary = try summary(pin, rows.columns.metrics) else { return lost(pin, rows) }
        return rows.row(summary)
      }
      let found = try store.runs(beginning: pin, limit: 2)
      guard found.count == 1, let run = try store.run(found[0]) else { return lost(pin, rows) }
      let name = try store.beginnings(of: [run.id])[run.id] ?? pin
      let reduced = try store.values(
        rows.columns.metrics.filter { $0.reduction == .min || $0.reduction == .max }, of: [run.id])
      return rows.row(run, name, reduced[run.id] ?? [:])
    }.joined(separator: "\n")
  }

  private func summary(_ name: String, _ metrics: [ReducedMetric]) throws -> RunSummary? {
    let found = try store.configurations(beginning: name, limit: 2)
    guard found.count == 1 else { return nil }
    var query = RunQuery()
    query.configurations = found
    let arrangement = try store.arrangement(query, isByConfiguration: true)
    guard arrangement.count == 1 else { return nil }
    return try store.summaries(arrangement, 0..<1, of: metrics)[0]
  }

  private func lost(_ pin: String, _ rows: TableRows) -> String {
    let name = Markup.clipped(pin, to: 12)
    return "<tr class=\"gone\"><th scope=\"row\">\(name)</th>"
      + "<td colspan=\"\(rows.columns.shown.count)\">was pinned, and no run, or more than one, is called so</td></tr>"
  }
}
