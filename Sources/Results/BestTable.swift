public import Experiments
import Languages
import RunStorage
import Runs
import Sweeps
public import Terminal
public import Tracking

extension SweepView {
  /// `table: best`: the first `top` configurations, the best first; with `by` the best one of every
  /// group.
  ///
  /// - Throws: `LabbookError` where nobody has said which way its metric is better.
  public func bestTable(_ cell: TableCell) throws(LabbookError) -> Table {
    let metric = cell.metric ?? objective.metric
    let which = cell.value
    let shown = cell.show
    var columns: [Table.Column] = axes.isEmpty ? [Table.Column(language.key("model"))] : []
    columns += axes.map { Table.Column(language.key($0)) }
    // A narrow terminal keeps what the rows are ranked by.
    columns.append(Table.Column(language.metric(metric), .statistics, rank: 0))
    columns += shown.map {
      Table.Column(language.column($0), isMeasured($0) ? .statistics : .value)
    }
    let note = language(.note)
    columns.append(Table.Column(note))
    var table = Table(columns)
    let candidates = try candidates(cell.by, metric, which)
    let points = Dictionary(grouping: points, by: \.configuration.key)
    for configuration in try ranked(candidates, by: metric, which).prefix(cell.top) {
      let group = configuration.group
      var cells = axisCells(configuration, points[configuration.key] ?? [])
      cells.append(group.statistics(of: metric, which).map(Table.Cell.init) ?? .empty)
      cells += shown.map { shownCell($0, configuration, group, which) }
      cells.append(.words(remark(configuration, group)))
      table.append(cells)
    }
    return table.withoutEmptyColumn(note)
  }

  /// The configuration in the first row of `table: best`; `nil` where no run has come to a result.
  ///
  /// - Throws: `LabbookError` where nobody has said which way its metric is better.
  public func firstRow(of cell: TableCell) throws(LabbookError) -> Configuration? {
    let metric = cell.metric ?? objective.metric
    let candidates = try candidates(cell.by, metric, cell.value)
    return try ranked(candidates, by: metric, cell.value).first { configuration in
      configuration.runs.contains { $0.status.isResult }
    }
  }

  /// How many configurations `table: best` leaves out, which of the runs' values it shows, by what one
  /// configuration of a group was taken, and which runs diverged.
  public func bestNote(_ cell: TableCell) -> String {
    var note = objective.sentence(of: cell.value, language)
    let count = cell.by.map { groups(by: $0).count } ?? configurations.count
    if count > cell.top {
      note = language(.firstOf, cell.top, count) + " " + note
    }
    if let key = cell.by {
      let metric = cell.metric ?? objective.metric
      note += " " + language(.standsByBest, language.key(key.label), language.metric(metric))
    }
    if let bad = badNote { note += " " + bad }
    if let acceptedNote { note += " " + acceptedNote }
    return note
  }

  /// Which configuration is the best by the objective, in one line; `nil` where there is one alone, or
  /// none with a result.
  public var bestLine: String? {
    guard configurations.count > 1,
      let best = try? ranked(configurations, by: objective.metric, .best).first,
      let statistics = best.group.statistics(of: objective.metric, .best)
    else { return nil }
    return "best of '\(name)' by \(objective.metric): \(best.label): \(statistics)"
  }

  /// All configurations, or the best one for each value of a key.
  private func candidates(
    _ key: SweepKey?, _ metric: Metric, _ which: MetricValue
  ) throws(LabbookError) -> [Configuration] {
    guard let key else { return configurations }
    var best: [Configuration] = []
    for group in groups(by: key) {
      let own = try ranked(group.points.map(\.configuration), by: metric, which)
      if let first = own.first { best.append(first) }
    }
    return best
  }

  /// What the axes hold; several values where combinations came out as the same runs.
  private func axisCells(_ configuration: Configuration, _ points: [Point]) -> [Table.Cell] {
    if axes.isEmpty { return [.words(configuration.modelName)] }
    var cells: [Table.Cell] = []
    if points.contains(where: { $0.variant != nil }) {
      cells.append(.words(distinct(points.compactMap(\.variant))))
    }
    for axis in points.first?.values.indices ?? 0..<0 {
      let values = points.compactMap { $0.values[axis] }
      let text = distinct(values.map(\.display))
      let isOne = Set(values).count == 1
      cells.append(
        values.isEmpty
          ? .empty : Table.Cell((isOne ? values[0].value : nil) ?? .text(text), text: text))
    }
    return cells
  }

  private func distinct(_ words: [String]) -> String {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }

  /// The columns of `run_table` that hold words.
  private static let texts: Set = [
    "run", "key", "experiment", "sweep", "status", "created_at", "started_at", "ended_at",
    "message", "configuration", "objective", "direction", "data", RunRecord.nameColumn,
  ]

  /// The resolved value that a name of `show` stands for; `nil` for columns and metrics.
  private func setting(_ name: String, of configuration: Configuration) -> ParameterValue? {
    if RunRecord.columns.contains(name) { return nil }
    if SettingPath(bare: name)?.isFold == true { return configuration.onlyFold }
    return SettingPath(bare: name).flatMap { configuration.value(at: $0) }
      ?? configuration.value(at: .absolute([name]))
  }

  /// Whether a name of `show` stands for numbers that have a deviation over the seeds.
  private func isMeasured(_ name: String) -> Bool {
    !Self.texts.contains(name) && SettingPath(bare: name)?.isFold != true
      && !configurations.contains { setting(name, of: $0) != nil }
  }

  /// A name of `show`, in this order: a column of `run_table`, a key of the configuration, a metric.
  private func shownCell(
    _ name: String, _ configuration: Configuration, _ group: RunGroup, _ which: MetricValue
  ) -> Table.Cell {
    if Self.texts.contains(name) {
      let words = group.runs.compactMap { run in
        name == "status" ? language.status(run.status) : run.value(ofColumn: name)?.display
      }
      return .words(distinct(words))
    }
    if !isMeasured(name) { return Table.Cell(setting(name, of: configuration) ?? .off) }
    let statistics =
      RunRecord.columns.contains(name)
      ? SeedStatistics(group.runs.compactMap { $0.value(ofColumn: name)?.asNumber })
      : group.statistics(of: Metric(name), which)
    return statistics.map(Table.Cell.init) ?? .empty
  }

  /// What keeps a row from being whole: runs that diverged, failed or are not there yet.
  private func remark(_ configuration: Configuration, _ group: RunGroup) -> String {
    let absent = configuration.members.count - group.runs.count
    return [
      group.runs.unfinishedWords(language), absent > 0 ? language(.notRun, absent) : "",
    ]
    .filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
