public import Experiments
public import RunStorage
public import Runs
public import Terminal
public import Tracking

extension Comparison {
  /// Compares the runs of a sweep of the store by a key.
  ///
  /// - Parameters:
  ///   - runs: those of the sweep.
  ///   - path: the key.
  ///   - label: the key as it was written.
  ///   - against: the value the others are compared with; `nil` means that of the first run.
  /// - Throws: `LabbookError` where no run has the key, the value or the metric.
  public init(
    _ runs: [RunRecord], by path: SettingPath, label: String, against: String?, metric: Metric?,
    _ which: MetricValue
  ) throws(LabbookError) {
    func key(_ run: RunRecord) -> String {
      path.key(modelPath: "models." + (run.parameters["train.model"]?.display ?? "")) ?? ""
    }
    var names: [String] = []
    for run in runs {
      if let name = run.parameters[key(run)]?.display, !names.contains(name) { names.append(name) }
    }
    guard let first = names.first, let objective = runs.first?.objective else {
      let known = Set(runs.flatMap { $0.parameters.keys.map(shortPath) }).sorted()
      let near = nearestName(to: label, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw .input("no run has '\(label)'" + near)
    }
    if let against, !names.contains(against) {
      throw .input(
        "no run has \(label) '\(against)'", hint: "there are " + names.joined(separator: ", "))
    }
    let metric = metric ?? objective.metric
    guard runs.contains(where: { $0.metrics[metric] != nil }) else {
      let known = Set(runs.flatMap { $0.metrics.keys.map(\.name) }).sorted()
      throw .failure(
        "no run has values of \(metric)", hint: "there are " + known.joined(separator: ", "))
    }
    let keys = Set(runs.map(key))
    let others = runs.differingPaths.filter { !keys.contains($0) }
    let groups = names.map { name in
      var values: Values = [:]
      var diverged = 0
      for run in runs where run.parameters[key(run)]?.display == name && run.status.isResult {
        if run.status == .diverged {
          diverged += 1
          continue
        }
        guard let value = run.value(of: metric, which) else { continue }
        let rest = others.compactMap { path in
          run.parameters[path].map { "\(path)=\($0.display)" }
        }
        values[rest.joined(separator: ", "), default: []].append((run.seed, value))
      }
      return Group(name: name, values: values, diverged: diverged)
    }
    self.init(
      label: label, metric: metric,
      direction: metric == objective.metric
        ? objective.direction : metric.isHigherBetter ? .maximize : .minimize,
      groups: groups, baseline: against ?? first)
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
    guard members.contains(where: { $0.metrics[metric] != nil }) else {
      let known = Set(members.flatMap { $0.metrics.keys.map(\.name) }).sorted()
      throw .failure(
        "no run has values of \(metric)", hint: "there are " + known.joined(separator: ", "))
    }
    let groups = distinct.map { run in
      let own = members.filter { $0.configuration == run.configuration && $0.status.isResult }
      let values = own.filter { $0.status != .diverged }.compactMap { member in
        member.value(of: metric, which).map { (seed: member.seed, value: $0) }
      }
      return Group(
        name: run.id.short, values: values.isEmpty ? [:] : ["": values],
        diverged: own.count { $0.status == .diverged })
    }
    self.init(
      label: "configuration of", metric: metric,
      direction: metric == objective.metric
        ? objective.direction : metric.isHigherBetter ? .maximize : .minimize,
      groups: groups, baseline: first.id.short)
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
    var paths = Set(runs.flatMap(\.parameters.keys)).sorted()
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
    let metrics = Set(runs.flatMap(\.metrics.keys)).sorted { $0.name < $1.name }
    for metric in metrics where !metric.isTiming {
      row(metric.name) { run in
        guard let value = run.value(of: metric, .last) else { return .empty }
        return Table.Cell(.number(value), text: SeedStatistics.text(value))
      }
    }
    return table
  }
}
