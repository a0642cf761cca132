import ArgumentParser
import Experiments
import FileLanguage
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Terminal
import Tracking

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of the store with their parameters and metrics.",
    discussion: """
      Metrics are final values, which a run that diverged or failed has not. In --where and --sort a name is a column of the view run_table (status, seed, duration_s, message, \
      note), mlflow.runName, a key of train (lr), a dotted path (data.noise) or a metric (val/loss); in --where tag = \
      'x' holds where one of the run's tags is x. Sorted by a metric, --by config ranks by the mean \
      over the seeds; runs and configurations that diverged or failed come last.

      EXAMPLES:
        labbook runs --sweep boundaries --sort val/loss --limit 10
        labbook runs --by config --sort val/loss --limit 20 --offset 20
        labbook runs --where "lr < 0.01 and val/accuracy > 0.9" --format csv
        labbook runs --where "status = 'failed'" --columns run,lr,message
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var former: FormerOptions
  @Option(help: "Only runs of this experiment.", completion: .experimentName) var experiment:
    String?
  @Option(help: "Only runs of sweeps of this name.", completion: .sweep) var sweep: String?
  @Option(help: "A row a run, or a row a configuration: mean ± deviation (seeds).")
  var by = Grouping.run
  @OptionGroup var condition: WhereOptions
  @Option(
    help: ArgumentHelp(
      "Sort by a column, a parameter or a metric; accuracies from the top, all else upwards.",
      valueName: "key"), completion: .metric)
  var sort: String?
  @Flag(help: "The other way round.") var reverse = false
  @Option(help: "At most so many rows.") var limit: Int?
  @Option(help: "Leave out so many rows first.") var offset = 0
  @Flag(help: "Also runs that --fresh replaced.") var replaced = false

  enum Grouping: String, ExpressibleByArgument, CaseIterable {
    case run, config
  }

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit must be at least 0.") }
    if offset < 0 { throw ValidationError("--offset must be at least 0.") }
  }

  func run() throws {
    let store = try store.openExisting()
    try store.checkNames(experiment: experiment, sweep: sweep)
    var query = RunQuery()
    query.experiment = experiment
    query.sweep = sweep
    query.includesReplaced = replaced
    former.apply(to: &query)
    query.order = try order(store)
    try condition.filtering(store) { filter in
      try former.report(query, where: filter, in: store)
      switch by {
      case .run:
        query.limit = limit
        query.offset = offset
        let runs = try store.runs(query, where: filter)
        try show(listing(runs).table)
        try sayGuesses(runs, store)
      case .config:
        let (table, runs) = try byConfiguration(query, filter, store)
        try show(table)
        try sayGuesses(runs, store)
      }
    }
  }

  /// Only the runs of the configurations that are shown are read.
  private func byConfiguration(
    _ query: RunQuery, _ filter: RunFilter?, _ store: RunStore
  ) throws -> (Table, [RunRecord]) {
    let all = try store.configurations(query, where: filter)
    let shown = Array(all.dropFirst(offset).prefix(limit ?? all.count))
    var query = query
    query.order = .created
    query.configurations = shown
    let runs = try store.runs(query, where: filter)
    return (listing(runs).tableByConfiguration(shown), runs)
  }

  /// By what logged runs are judged whose programs have not said it.
  private func sayGuesses(_ runs: [RunRecord], _ store: RunStore) throws {
    for (sentence, count) in try store.guessedObjectives(of: runs) {
      StandardError.write(
        "objective of \(Quantity.count(count, "logged run")): \(printable(sentence))\n")
    }
  }

  private func listing(_ runs: [RunRecord]) -> RunListing {
    RunListing(runs, for: format.format, isWhole: format.chosen != nil)
  }

  /// Prints the rows, and where there are none says so: an empty table is easily taken for a mistake
  /// of its reader.
  private func show(_ table: Table) throws {
    if table.rows.isEmpty {
      let part = [sweep.map { "the sweep '\($0)'" }, experiment.map { "the experiment '\($0)'" }]
        .compactMap { $0 }.joined(separator: " of ")
      let place = part.isEmpty ? "the store" : part
      let asked = condition.condition.map { "--where \($0) holds for no run of \(place)" }
      StandardError.write(
        (offset > 0
          ? "no rows are left after --offset \(offset)" : asked ?? "\(place) has no such runs")
          + "\n")
    }
    let known = Set(table.columns.map(\.name))
    // People see `lr` where programs get `train.lr`; either may be typed.
    try format.print(table) { name in
      [name, "train." + name, "train.params." + name, shortPath(name)]
        .first(where: known.contains) ?? name
    }
  }

  private func order(_ store: RunStore) throws -> RunOrder {
    guard let sort else { return .created }
    if let column = RunColumn(rawValue: sort) { return .column(column, descending: reverse) }
    let known = try store.names()
    for section in ["train.", "train.params."] where known.parameters.contains(section + sort) {
      return .parameter(section + sort, descending: reverse)
    }
    if known.parameters.contains(sort) { return .parameter(sort, descending: reverse) }
    if known.metrics.contains(sort) {
      let metric = Metric(sort)
      guard let direction = try store.direction(of: metric) else {
        throw MetricDirections.unknown(metric)
      }
      return .metric(metric, .last, descending: (direction == .maximize) != reverse)
    }
    if RunRecord.columns.contains(sort) { return .named(sort, descending: reverse) }
    let names =
      RunColumn.allCases.map(\.rawValue) + known.parameters.map(shortPath) + known.metrics
    let hint = nearestName(to: sort, among: names).map { "Did you mean '\($0)'?" }
    throw LabbookError.input(
      "--sort: no run has a column, parameter or metric '\(sort)'.", hint: hint ?? "")
  }
}
