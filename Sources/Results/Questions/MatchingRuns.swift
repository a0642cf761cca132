package import FileLanguage
package import RunStorage
import Runs
package import Tracking

/// A run at one combination of its sweep, with what the store has of it.
package struct SweepRow {
  package let point: SweepView.Point
  package let member: SweepView.Member

  /// What the file alone says a name is here.
  fileprivate func planned(_ name: String) -> ParameterValue? {
    if name == "variant" { return point.variant.map(ParameterValue.text) }
    return SettingPath(bare: name).flatMap { point.configuration.value(at: $0) }
  }
}

/// What the names of a condition mean for one run of a sweep: `variant`, a column of `run_table`, a key
/// of the configuration, a metric.
private struct RowContext: FormulaContext {
  let row: SweepRow
  var names: [String] { [] }

  /// Unknown names are found when the file is read; what is unknown here is off.
  func value(of name: String) -> ParameterValue? {
    if name == "variant" { return row.planned(name) ?? .off }
    let record = row.member.record
    if RunRecord.columns.contains(name) { return record?.value(ofColumn: name) ?? .off }
    if let value = row.planned(name) { return value }
    // A run that diverged or failed has no final value: it is neither small nor large.
    if let record, record.status.isBad, record.metrics[Metric(name)] != nil { return .number(.nan) }
    return record?.value(of: Metric(name), .last).map(ParameterValue.number) ?? .off
  }
}

/// The runs of a sweep that match a condition.
package struct MatchingRuns {
  /// Those with a result, each run once.
  private(set) var rows: [SweepRow] = []
  /// How many match, or may match, and have none yet.
  private(set) var missing = 0

  package init(_ view: SweepView, where condition: FormulaNode?) throws(FormulaError) {
    var seen: Set<String> = []
    let all = view.points.flatMap { point in
      point.members.map { SweepRow(point: point, member: $0) }
    }
    let isOfTheFile = condition.map { condition in
      condition.names.allSatisfy { name in all.contains { $0.planned(name.text) != nil } }
    }
    for row in all {
      let isOpen = !row.member.isDone && isOfTheFile == false
      if let condition, !isOpen {
        guard try condition.truth(in: RowContext(row: row), "the condition") else { continue }
      }
      guard seen.insert(row.member.key).inserted else { continue }
      if row.member.isDone { rows.append(row) } else { missing += 1 }
    }
    missing += view.planned - view.members.count
  }

  /// The values of a metric that count, with their seeds or folds: a run that diverged has none.
  package func values(of metric: Metric, _ which: MetricValue) -> [(seed: Int, value: Double)] {
    let counted = rows.filter { $0.member.record?.status.isBad == false }
    let values = counted.compactMap { row in
      row.member.record?.value(of: metric, which).map { (row.member.fold ?? row.member.seed, $0) }
    }
    // Of a fold the mean over its seeds is one value.
    guard isOverFolds else { return values }
    let folds = Dictionary(grouping: values, by: \.0).sorted { $0.key < $1.key }
    return folds.compactMap { fold, all in
      SeedStatistics(all.map(\.1)).map { (fold, $0.mean) }
    }
  }

  /// Whether a value is that of a fold instead of a seed.
  package var isOverFolds: Bool { rows.contains { $0.member.fold != nil } }

  /// The stored runs.
  package var records: [RunRecord] { rows.compactMap(\.member.record) }
}
