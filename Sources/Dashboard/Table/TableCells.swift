import RunStorage
import Terminal
import Tracking

/// What stands in the cells of a table of runs.
struct TableCells {
  let columns: [TableColumn]

  /// The cells of a run.
  ///
  /// - Parameter reduced: the least and greatest values of metrics, where they are shown.
  func cells(_ run: RunRecord, _ reduced: [ReducedMetric: Double]) -> String {
    columns.map { column in
      switch column {
      case .fact(let name): Self.fact(name, run)
      case .parameter(let path): Self.parameter(run.parameters[path])
      case .metric(let value):
        Self.number(
          value.reduction == .last
            ? run.value(of: value.metric, .last)
            : value.reduction == .best
              ? run.value(of: value.metric, .best) : reduced[value])
      }
    }.joined()
  }

  /// The cells of several runs: means over those that count; of what they need not share nothing.
  ///
  /// - Parameter isHeading: whether they are of several configurations.
  func cells(_ summary: RunSummary, isHeading: Bool) -> String {
    columns.map { column in
      switch column {
      case .fact("status"): return Self.cell(Self.statuses(summary.statuses))
      case .fact("duration_s"): return Self.number(summary.durationSeconds)
      case .fact(let name):
        return !isHeading && TableColumn.factsOfConfigurations.contains(name)
          ? Self.fact(name, summary.first) : "<td></td>"
      case .parameter(let path):
        return isHeading || RunRecord.isReplicate(path)
          ? "<td></td>" : Self.parameter(summary.first.parameters[path])
      case .metric(let value):
        guard let statistics = summary.statistics[value] else { return "<td></td>" }
        return "<td class=\"number\">\(statistics.description)</td>"
      }
    }.joined()
  }

  private static func cell(_ html: String) -> String { "<td>\(html)</td>" }

  private static func number(_ value: Double?) -> String {
    value.map { "<td class=\"number\">\(SeedStatistics.text($0))</td>" } ?? "<td></td>"
  }

  private static func parameter(_ value: ParameterValue?) -> String {
    guard let value, value != .off else { return "<td></td>" }
    if let number = value.asNumber {
      return "<td class=\"number\" title=\"\(value.display)\">\(SeedStatistics.text(number))</td>"
    }
    return cell(Markup.clipped(value.display, to: 60))
  }

  private static func fact(_ name: String, _ run: RunRecord) -> String {
    switch name {
    case "status": cell(Markup.status(run.status))
    case "duration_s": number(run.durationSeconds)
    case "tag": cell(run.tags.map { "<span class=\"tag\">\(Markup.clipped($0))</span>" }.joined())
    case "created_at", "started_at", "ended_at":
      cell(run.value(ofColumn: name).flatMap(text).map(Markup.time) ?? "")
    default:
      switch run.value(ofColumn: name) ?? .off {
      case .off: "<td></td>"
      case .integer(let number): "<td class=\"number\">\(number)</td>"
      case let value: cell(Markup.clipped(value.display))
      }
    }
  }

  private static func text(_ value: ParameterValue) -> String? {
    if case .text(let text) = value { text } else { nil }
  }

  /// How many runs stand where, where not all are completed.
  private static func statuses(_ counts: [RunStatus: Int]) -> String {
    if counts.count == 1, let status = counts.keys.first { return Markup.status(status) }
    return RunStatus.allCases.compactMap { status in
      counts[status].map {
        "<span class=\"status \(status.rawValue)\" title=\"\(status.rawValue)\">"
          + "\(Quantity.count($0))</span>"
      }
    }.joined(separator: " ")
  }
}
