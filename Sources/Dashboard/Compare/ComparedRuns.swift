import Results
import RunStorage
import Runs
import Terminal
import Tracking
import Web

/// What a comparison says in numbers: the values of a key against one of them, or runs beside each other.
struct ComparedRuns {
  /// The table.
  let table: Table
  /// The same in sentences.
  let sentences: [String]
  /// What one should know of how the values were chosen.
  let notes: [String]
  /// What `table` is: a heading.
  let heading: String
  /// Runs beside each other, where a few were named.
  let beside: Table?

  /// More runs than that do not stand beside each other.
  private static let mostBeside = 12

  /// Compares by `by`, `metric`, `value`, `against` and `pool` of an address.
  ///
  /// - Throws: `LabbookError` where a key or a value is not one of the runs'.
  init(_ chosen: ChosenRuns, _ query: WebQuery, in store: RunStore) throws {
    let asked = query["metric"].flatMap { $0.split(separator: ",").first }.map {
      Metric(String($0))
    }
    let metric = try asked ?? Self.metric(chosen)
    let which = try ConfigurationPoints.which(query)
    let by = query["by"] ?? ""
    let isFew = query["runs"] != nil && chosen.runs.count <= Self.mostBeside
    beside = isFew ? RunComparison(chosen.runs).table : nil
    if by.isEmpty {
      (table, sentences, notes, heading) = try Self.configurations(chosen, metric, which, store)
      return
    }
    guard let view = try Self.view(chosen, query, in: store) else {
      (table, sentences, notes, heading) = try Self.groups(chosen, by, metric, which)
      return
    }
    let against = query["against"].flatMap { $0.isEmpty ? nil : $0 }
    let comparison = try Comparison(
      view, by: by, against: against, metric: metric, which, pooled: query["pool"] == "1")
    table = comparison.table
    (sentences, notes) = (comparison.sentences, comparison.notes)
    heading = "Differences by \(by)"
  }

  /// The one sweep that all runs are of, with these runs alone; `nil` where there are several.
  static func view(
    _ chosen: ChosenRuns, _ query: WebQuery, in store: RunStore
  ) throws -> SweepView? {
    guard let sweep = chosen.onlySweep else { return nil }
    if chosen.areFound { return try SweepView(sweep, of: chosen.runs, in: store) }
    let wanted = Set(chosen.runs.map(\.id.description))
    let filter = RunFilter([.column("run")]) { values in
      if case .text(let run)? = values.first { wanted.contains(run) } else { false }
    }
    return try SweepView(sweep, in: store, former: true, where: filter)
  }

  /// What stands in for a metric that nobody asked for, where the first run has no objective of its own;
  /// `nil` where it has.
  ///
  /// - Throws: `LabbookError` where no run has one.
  private static func metric(_ chosen: ChosenRuns) throws(LabbookError) -> Metric? {
    guard let first = chosen.runs.first, first.objective.metric.name.isEmpty else { return nil }
    if let objective = chosen.objective { return objective.metric }
    let known = Set(chosen.runs.flatMap(\.metrics.keys)).map(\.name).sorted()
    throw .input(
      "nobody has said by which metric these runs are judged",
      hint: known.isEmpty
        ? "they have no metrics yet"
        : "name one under 'metric' above: there are " + known.prefix(12).joined(separator: ", "))
  }

  private typealias Numbers = (Table, sentences: [String], notes: [String], heading: String)

  /// Configurations over the seeds that they have in common.
  private static func configurations(
    _ chosen: ChosenRuns, _ metric: Metric?, _ which: MetricValue, _ store: RunStore
  ) throws -> Numbers {
    var seen: Set<String> = []
    let all = chosen.runs.filter { seen.insert($0.configuration).inserted }
    let judged = metric ?? all.first?.objective.metric
    // The first is what the others are compared with: of one without a value nothing can be said.
    func isMeasured(_ run: RunRecord) -> Bool {
      judged.map { !run.status.isBad && run.value(of: $0, which) != nil } ?? true
    }
    let first = all.filter(isMeasured) + all.filter { !isMeasured($0) }
    guard first.count > 1 else {
      return (
        Table([Table.Column("")]),
        [], ["these runs differ in nothing but their seeds: there is nothing to compare"],
        "Differences"
      )
    }
    guard first.count <= 200 else {
      return (
        Table([Table.Column("")]),
        [],
        ["\(first.count) configurations are too many to stand beside each other: group by a key"],
        "Differences"
      )
    }
    var query = RunQuery()
    query.configurations = first.map(\.configuration)
    let comparison = try Comparison(
      configurationsOf: first, try store.runs(query), metric: metric, which)
    return (
      comparison.table, comparison.sentences, comparison.notes,
      "Configurations, over the seeds they have in common"
    )
  }

  /// Means of groups of several sweeps' runs.
  private static func groups(
    _ chosen: ChosenRuns, _ by: String, _ metric: Metric?, _ which: MetricValue
  ) throws -> Numbers {
    let metric = metric ?? chosen.objective?.metric ?? .valLoss
    var question = CurveQuestion()
    question.by = by
    var table = Table([
      Table.Column(by), Table.Column("runs"), Table.Column(metric.name, .statistics),
    ])
    for group in try LineGroup.all(chosen, question, upTo: .max).lines {
      let statistics = RunGroup(runs: group.runs).statistics(of: metric, which)
      table.append([
        .words(group.name), Table.Cell(.integer(group.runs.count)),
        statistics.map { Table.Cell(statistics: $0) } ?? .empty,
      ])
    }
    return (
      table, [],
      [
        "mean ± sample deviation (number) of all runs of a group; the runs are of several sweeps, whose "
          + "seeds mean nothing to each other: differences with intervals are told within one sweep"
      ], "Means by \(by)"
    )
  }
}
