import Tracking

/// Reads a cell with a table.
struct TableReader {
  private let cell: CellReader
  private var problems: SpecProblems { cell.problems }

  init(_ cell: CellReader) { self.cell = cell }

  /// Columns of the store's `run_table` that `show` may name.
  static let columns = [
    "run", "status", "seed", "created_at", "started_at", "ended_at", "duration_s",
    "last_step", "last_epoch", "best_step", "best_epoch",
  ]

  /// The table; `nil` where something is wrong, which is reported.
  func table() -> Cell? {
    guard let entry = cell.item.entry("table"), let kind = kind(entry.value) else { return nil }
    let known = ["table"] + CellKeys.table.map(\.name)
    cell.sections.checkKeys(cell.item.entries ?? [], known: known, in: "the table \(kind.rawValue)")
    guard let sweep = cell.sweep() else { return nil }
    if let node = cell.item["metric"], node.items != nil {
      problems.report(node.mark, "a table ranks by one metric", ["more of them belong to 'show'"])
      return nil
    }
    let metric = cell.metrics(key("metric"), sweep).first
    if metric == nil, !sweep.hasFailed, !sweep.measuresObjective {
      problems.report(
        entry.value.mark, "no run of '\(sweep.sweep.name)' measures what the table ranks by",
        ["remove the cell, or let the runs train"])
    }
    return .table(
      TableCell(
        kind: kind, sweep: sweep.sweep.name, metric: metric, show: show(sweep),
        by: cell.key("by", sweep),
        value: text("value").flatMap(MetricValue.init) ?? .best, title: text("title"),
        mark: entry.value.mark))
  }

  private func key(_ name: String) -> Key {
    CellKeys.table.first { $0.name == name } ?? CellKeys.tableKind
  }

  private func text(_ name: String) -> String? {
    guard case .text(let text)? = cell.value(key(name)) else { return nil }
    return text
  }

  private func kind(_ node: SpecNode) -> TableCell.Kind? {
    let known = TableCell.Kind.allCases.map(\.rawValue)
    let text = node.text ?? ""
    if let kind = TableCell.Kind(rawValue: text) { return kind }
    if CellKeys.laterTables.contains(text) {
      problems.report(
        node.mark, "the table '\(text)' is not there yet",
        ["expected one of: " + known.joined(separator: ", ")])
    } else {
      problems.report(
        node.mark,
        text.isEmpty
          ? ValueReader.sentence(node, "table")
          : "there is no table \(Words.quoted(text))",
        alternatives(text, among: known))
    }
    return nil
  }

  /// Metrics, columns of the store and keys, as they were written.
  private func show(_ sweep: SweepFacts) -> [String] {
    cell.texts(key("show")).map { text, mark in
      let metric = Metric(text)
      let isColumn = Self.columns.contains(text)
      if isColumn || sweep.hasFailed || sweep.metrics.contains(metric) {
        return text
      }
      if text.contains("/") {
        problems.report([
          MetricAdvice.diagnostic(
            text, mark, sweep.metrics, "no run of '\(sweep.sweep.name)' measures")
        ])
      } else if text != "variant" {
        showKey(text, mark, sweep)
      }
      return text
    }
  }

  private func showKey(_ text: String, _ mark: Mark, _ sweep: SweepFacts) {
    let quiet = SpecProblems()
    let paths = PathReader(problems: quiet, models: cell.tree.models.map(\.name))
    if paths.path(text, at: mark) != nil {
      _ = cell.key(text, mark, sweep)
      return
    }
    problems.report(
      mark, "there is no metric, column or key \(Words.quoted(text))",
      alternatives(
        text, among: sweep.metrics.map(\.name) + Self.columns + TrainKeys.all.map(\.name)))
  }
}
