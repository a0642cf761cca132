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
    if let fold = member.fold, SettingPath(bare: name)?.isFold == true { return .integer(fold) }
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

  /// The combinations with those of their runs that match and have a result, each run once, as one
  /// group.
  package var group: SweepView.Group {
    var points: [(point: SweepView.Point, members: [SweepView.Member])] = []
    for row in rows {
      if points.last?.point.isSame(as: row.point) == true {
        points[points.count - 1].members.append(row.member)
      } else {
        points.append((row.point, [row.member]))
      }
    }
    return SweepView.Group(
      name: "", value: nil,
      points: points.map { point, members in
        SweepView.Point(
          configuration: point.configuration, variant: point.variant, values: point.values,
          members: members)
      })
  }

  /// The values of a key over a sweep's runs, each once, in the order of the file.
  package static func values(of key: String, in view: SweepView) -> [ParameterValue] {
    var values: [ParameterValue] = []
    for point in view.points {
      for member in point.members {
        guard let value = SweepRow(point: point, member: member).planned(key) else { break }
        if !values.contains(value) { values.append(value) }
      }
    }
    return values
  }

  /// Whether a value is that of a fold instead of a seed.
  package var isOverFolds: Bool { Set(rows.map(\.member.fold)).count > 1 }

  /// The stored runs.
  package var records: [RunRecord] { rows.compactMap(\.member.record) }
}

extension SweepView.Point {
  fileprivate func isSame(as other: SweepView.Point) -> Bool {
    configuration.key == other.configuration.key && variant == other.variant
      && values == other.values
  }
}
