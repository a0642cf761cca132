import Results
import RunStorage
import Tracking

/// A column of the table of runs.
enum TableColumn: Hashable, Sendable {
  /// What stands in the row of a run: one of `RunRecord.columns`.
  case fact(String)
  /// A resolved value of the file, by its path.
  case parameter(String)
  /// A value of a metric.
  case metric(ReducedMetric)

  /// The columns that are no parameters or metrics, in the order in which they stand.
  static let facts = [
    "experiment", "sweep", "status", "seed", "last_epoch", "last_step", "duration_s", "tag", "note",
    "message", "created_at", "started_at", "ended_at", "objective", "best_epoch", "best_step",
    "key",
    "configuration", "data",
  ]

  /// Facts that every run of a configuration shares, or that are summed up.
  static let factsOfConfigurations = ["experiment", "sweep", "status", "duration_s", "objective"]

  /// What stands above it, and what it is called in an address.
  func name(among names: TableNames) -> String {
    switch self {
    case .fact(let name): return name
    case .parameter(let path): return names.short(path)
    case .metric(let value):
      return value.reduction == .last
        ? value.metric.name : "\(value.metric.name):\(value.reduction)"
    }
  }

  var isNumber: Bool {
    switch self {
    case .fact(let name):
      ["seed", "last_epoch", "last_step", "duration_s", "best_epoch", "best_step"].contains(name)
    case .parameter: false
    case .metric: true
    }
  }
}

/// The names of what the runs of a store have, and how addresses speak of them.
struct TableNames: Sendable {
  let parameters: Set<String>
  let metrics: Set<String>

  init(parameters: [String], metrics: [String]) {
    (self.parameters, self.metrics) = (Set(parameters), Set(metrics))
  }

  /// A path without the section that a bare name stands for, where that leads back to it.
  func short(_ path: String) -> String {
    for section in ["train.params.", "train."] where path.hasPrefix(section) {
      let name = String(path.dropFirst(section.count))
      if column(name) == .parameter(path) { return name }
    }
    return path
  }

  /// What a name of an address means: a column, a parameter, a metric, with `:best` behind it where not
  /// the last value is meant; `nil` for what no run has.
  ///
  /// - Parameter reduction: what is meant of a metric where the name does not say it.
  func column(_ name: String, _ reduction: MetricReduction = .last) -> TableColumn? {
    if name == "tags" { return .fact("tag") }
    if RunRecord.columns.contains(name) { return .fact(name) }
    for section in ["train.", "", "train.params."] where parameters.contains(section + name) {
      return .parameter(section + name)
    }
    if metrics.contains(name) { return .metric(ReducedMetric(Metric(name), reduction)) }
    guard let colon = name.lastIndex(of: ":"),
      let reduction = MetricReduction(rawValue: String(name[name.index(after: colon)...])),
      metrics.contains(String(name[..<colon]))
    else { return nil }
    return .metric(ReducedMetric(Metric(String(name[..<colon])), reduction))
  }

  /// All names that an address may have.
  var all: [String] {
    RunRecord.columns + parameters.map { short($0) } + parameters + metrics
  }
}
