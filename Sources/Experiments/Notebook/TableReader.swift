import Datasets
import FileLanguage
import Runs
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
    checkKeys(kind)
    guard let sweep = cell.sweep() else { return nil }
    if let node = cell.item["metric"], node.items != nil {
      problems.report(node.mark, "a table ranks by one metric", ["more of them belong to 'show'"])
      return nil
    }
    if sweep.hasPrograms, kind.looksIntoNetworks {
      problems.report(
        entry.value.mark, sweep.networkProblem("the table \(kind.rawValue)"),
        ["tables of metrics are best and compare"])
      return nil
    }
    let metric = cell.metrics(key("metric"), sweep).first
    if metric == nil, !sweep.hasFailed, !sweep.measuresObjective, kind.needsRuns {
      problems.report(
        entry.value.mark, "no run of '\(sweep.sweep.name)' measures what the table ranks by",
        ["remove the cell, or let the runs train"])
    }
    if kind != .compare, let metric, let node = cell.item["metric"],
      let problem = sweep.rankingProblem(metric)
    {
      problems.report(node.mark, problem.message, [problem.hint])
    }
    let comparison =
      kind == .compare
      ? ComparisonReader(cell, entry.value.mark).read(sweep) : (cell.key(CellKeys.by, sweep), nil)
    let table = TableCell(
      kind: kind, sweep: sweep.sweep.name, metric: metric, show: show(sweep),
      by: comparison.0, against: comparison.1, isPooled: cell.value(CellKeys.pool) == .flag(true),
      value: text("value").flatMap(MetricValue.init) ?? (kind == .best ? .best : .last),
      part: TableFitsData.part(text("part").flatMap(DataPart.init), sweep),
      count: number("count", 10), top: number("top", TableCell.usualTop), model: model(sweep),
      rows: rows(sweep), title: text("title"), mark: entry.value.mark)
    TableFitsData.check(table, sweep, problems)
    return .table(table)
  }

  /// How many rows are listed.
  private func number(_ name: String, _ usual: Int) -> Int {
    guard case .integer(let number)? = cell.value(key(name)) else { return usual }
    return number
  }

  /// The network of `table: step`.
  private func model(_ sweep: SweepFacts) -> String? {
    guard let node = cell.item["model"], let name = text("model") else { return nil }
    var names: [String] = []
    for member in sweep.sweep.members where !names.contains(member.configuration.modelName) {
      names.append(member.configuration.modelName)
    }
    if !sweep.hasFailed, !names.contains(name) {
      problems.report(
        node.mark, "no run of '\(sweep.sweep.name)' has the model \(Words.quoted(name))",
        alternatives(name, among: names))
    }
    return name
  }

  /// The rows of `table: step`.
  private func rows(_ sweep: SweepFacts) -> [Int] {
    guard let node = cell.item["rows"], let value = cell.value(key("rows")) else { return [] }
    let rows: [Int] =
      switch value {
      case .integer(let row): [row]
      case .list(let rows): rows.compactMap { if case .integer(let row) = $0 { row } else { nil } }
      default: []
      }
    let most = sweep.shapes.map(\.trainRows).max() ?? 0
    if !sweep.hasFailed, let wrong = rows.first(where: { $0 > most }) {
      problems.report(
        node.mark, "the training part of '\(sweep.sweep.name)' has no row \(wrong)",
        ["it has rows 1 to \(most)"])
    }
    return rows
  }

  private func checkKeys(_ kind: TableCell.Kind) {
    let own = (cell.item.entries ?? []).filter { $0.key != "table" }
    let allowed = CellKeys.keys(of: kind)
    let known = CellKeys.table.map(\.name)
    for entry in own where known.contains(entry.key) && !allowed.contains(entry.key) {
      problems.report(
        entry.keyMark, "the table \(kind.rawValue) has no use for '\(entry.key)'",
        ["expected one of: " + allowed.joined(separator: ", ")])
    }
    cell.sections.checkKeys(
      own.filter { !known.contains($0.key) }, known: allowed, in: "the table \(kind.rawValue)")
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
    problems.report(
      node.mark,
      text.isEmpty
        ? ValueReader.sentence(node, "table")
        : "there is no table \(Words.quoted(text))",
      alternatives(text, among: known))
    return nil
  }

  /// Metrics, columns of the store and keys, as they were written.
  private func show(_ sweep: SweepFacts) -> [String] {
    cell.texts(key("show")).map { text, mark in
      let metric = Metric(text)
      if sweep.isStored { return text }
      let isColumn = Self.columns.contains(text)
      if isColumn || sweep.mayMeasure(metric) && (text.contains("/") || !isKey(text)) {
        return text
      }
      if sweep.hasFailed, MetricAdvice.isPossible(metric) { return text }
      if text.contains("/") {
        if sweep.hasFailed {
          MetricAdvice.reportImpossible(text, mark, problems)
        } else {
          MetricAdvice.report(
            text, mark, sweep.metrics, "no run of '\(sweep.sweep.name)' measures", problems)
        }
      } else if text != "variant" {
        showKey(text, mark, sweep)
      }
      return text
    }
  }

  /// Whether a word is a path into the file.
  private func isKey(_ text: String) -> Bool {
    let place = Mark(SpecSource(name: "", folder: "", text: ""), line: 0, column: 0)
    return text == "variant" || cell.tree.paths(SpecProblems()).path(text, at: place) != nil
  }

  private func showKey(_ text: String, _ mark: Mark, _ sweep: SweepFacts) {
    if SettingPath(bare: text)?.isFold == true, sweep.hasFolds { return }
    let quiet = SpecProblems()
    let paths = cell.tree.paths(quiet)
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
