import Experiments
import FileLanguage
import RunStorage
import Runs
import Sweeps
import Tracking

/// A planned run at one combination of its sweep, with what the store has of it.
struct SweepRow {
  let point: SweepPoint
  let configuration: PlannedConfiguration
  let run: PlannedRun
  let record: RunRecord?

  /// Whether it has come to a result.
  var isDone: Bool { record?.status.isResult == true }

  /// What the file alone says a name is here.
  fileprivate func planned(_ name: String) -> ParameterValue? {
    if name == "variant" { return point.variant.map(ParameterValue.text) }
    guard let path = SettingPath(bare: name) else { return nil }
    return configuration.configuration.value(at: path)
  }
}

/// What the names of a condition mean for one run of a sweep.
private struct RowContext: FormulaContext {
  let row: SweepRow
  var names: [String] { [] }

  /// Unknown names are found when the file is read; what is unknown here is off.
  func value(of name: String) -> ParameterValue? {
    if name == "variant" { return row.planned(name) ?? .off }
    if RunRecord.columns.contains(name) { return row.record?.value(ofColumn: name) ?? .off }
    if let value = row.planned(name) { return value }
    return row.record?.value(of: Metric(name), .last).map(ParameterValue.number) ?? .off
  }
}

/// The runs of a sweep that match a condition.
struct MatchingRuns {
  /// Those with a result, each run once.
  private(set) var rows: [SweepRow] = []
  /// How many match, or may match, and have none yet.
  private(set) var missing = 0

  init(_ results: SweepResults, where condition: FormulaNode?) throws(FormulaError) {
    var seen: Set<String> = []
    let all = results.plan.points.flatMap { point, configuration in
      configuration.runs(of: point).map { run in
        SweepRow(
          point: point, configuration: configuration, run: run, record: results.record(of: run))
      }
    }
    let isOfTheFile = condition.map { condition in
      condition.names.allSatisfy { name in all.contains { $0.planned(name.text) != nil } }
    }
    for row in all {
      let isOpen = !row.isDone && isOfTheFile == false
      if let condition, !isOpen {
        guard try condition.truth(in: RowContext(row: row), "the condition") else { continue }
      }
      guard seen.insert(row.run.key).inserted else { continue }
      if row.isDone { rows.append(row) } else { missing += 1 }
    }
    missing += results.plan.pendingRuns
  }

  /// The values of a metric with their seeds; a run that diverged has no final value.
  func values(of metric: Metric, _ which: MetricValue) -> [(seed: Int, value: Double)] {
    rows.filter { $0.record?.status != .diverged }.compactMap { row in
      row.record?.value(of: metric, which).map { (row.run.seed, $0) }
    }
  }
}
