import Experiments
import Foundation
import Languages
public import RunStorage
import Runs
public import Terminal
public import Tracking

extension Comparison {
  /// Compares the groups of a stored sweep by a key.
  ///
  /// - Parameters:
  ///   - text: the key as it was written, or several with commas between.
  ///   - against: the value the others are compared with, of several keys with commas between; `nil`
  ///     means that of the first run.
  ///   - pooled: whether all configurations of a group are taken instead of its best one.
  /// - Throws: `LabbookError` where no run has the key, the value or the metric.
  public init(
    _ view: SweepView, by text: String, against: String?, metric: Metric?, _ which: MetricValue,
    pooled: Bool = false
  ) throws(LabbookError) {
    let key = try view.key(text)
    let names = view.groups(by: key).map(\.name)
    let baseline = try against.map { (text) throws(LabbookError) in
      guard let name = Self.name(text, among: names) else {
        throw .input(
          "no run has \(key.label) '\(text)'",
          hint: "there are " + names.map { "'\($0)'" }.joined(separator: ", "))
      }
      return name
    }
    let metric = metric ?? view.objective.metric
    try Self.check(metric, view.runs)
    try self.init(view, by: key, against: baseline, metric: metric, which, pooled: pooled)
  }

  /// The name of a group that a text means: letter by letter, or value by value as numbers are read.
  private static func name(_ text: String, among names: [String]) -> String? {
    func values(_ text: String) -> [String] {
      text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        let word = part.trimmingCharacters(in: .whitespaces)
        return Double(word).map { ParameterValue.number($0).display } ?? word
      }
    }
    return names.first { $0 == text } ?? names.first { values($0) == values(text) }
  }

  /// Some run has values of a metric.
  private static func check(_ metric: Metric, _ runs: [RunRecord]) throws(LabbookError) {
    guard runs.contains(where: { $0.metrics[metric] != nil }) else {
      throw .failure(
        "no run has values of \(metric)",
        hint: "there are " + runs.measured.map(\.name).joined(separator: ", "))
    }
  }
}

extension Comparison {
  /// Compares the configurations of some runs over the seeds that they have in common.
  ///
  /// - Parameters:
  ///   - chosen: the runs that name the configurations; the others are compared with the first one's.
  ///   - members: runs of these configurations, of any seeds.
  /// - Throws: `LabbookError` where the runs are of one configuration, or none has the metric.
  public init(
    configurationsOf chosen: [RunRecord], _ members: [RunRecord], metric: Metric?,
    _ which: MetricValue
  ) throws(LabbookError) {
    var seen: Set<String> = []
    let distinct = chosen.filter { seen.insert($0.configuration).inserted }
    guard let first = distinct.first, distinct.count > 1 else {
      throw .input("these runs differ in nothing but their seeds")
    }
    let objective = first.objective
    let metric = metric ?? objective.metric
    try Self.check(metric, members)
    let groups = distinct.map { run in
      let own = members.filter { $0.configuration == run.configuration && $0.status.isResult }
      let values = own.filter { $0.status != .diverged }.compactMap { member in
        member.value(of: metric, which).map { (seed: member.fold ?? member.seed, value: $0) }
      }
      return Group(
        name: run.id.short, values: values.isEmpty ? [:] : ["": values],
        diverged: own.count { $0.status == .diverged })
    }
    self.init(
      label: "configuration of", metric: metric,
      direction: objective.direction(of: metric),
      groups: groups, baseline: first.id.short)
    notes = [objective.sentence(of: which, language)]
    if let adjustment { notes.append(adjustment) }
    if members.contains(where: { $0.fold != nil }) {
      replicate = .fold
      notes += [
        language(.countsOf, language.noun(2, .nounFold)), language(.foldsApproximate),
      ]
    }
  }
}

/// Runs beside each other: what differs between them, and what came of it.
public struct RunComparison {
  private let runs: [RunRecord]

  /// Compares runs.
  public init(_ runs: [RunRecord]) { self.runs = runs }

  /// A row a setting that differs and a row a metric, a column a run.
  public var table: Table {
    var table = Table([Table.Column("")] + runs.map { Table.Column($0.id.short) })
    var paths = runs.paths.sorted()
    paths.removeAll { path in Set(runs.map { $0.parameters[path] }).count < 2 }
    func row(_ name: String, _ cell: (RunRecord) -> Table.Cell) {
      table.append([.words(name)] + runs.map(cell))
    }
    row("sweep") { .words($0.sweep.description) }
    row("status") { .words($0.status.rawValue) }
    for path in paths {
      row(shortPath(path)) { run in
        run.parameters[path].map { Table.Cell($0, text: $0.display) } ?? .empty
      }
    }
    for metric in runs.measured where !metric.isTiming {
      row(metric.name) { run in
        guard let value = run.value(of: metric, .last) else { return .empty }
        return Table.Cell(.number(value), text: SeedStatistics.text(value))
      }
    }
    return table
  }
}
