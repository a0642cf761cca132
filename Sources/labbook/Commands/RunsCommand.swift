import ArgumentParser
import Experiments
import Reports
import RunStorage
import Terminal
import Tracking

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of the store with their parameters and metrics.",
    discussion: """
      Metrics are final values. In --where and --sort a name is a column (status, seed, duration_s), \
      a key of train (lr), a dotted path (data.noise) or a metric (val/loss).

      EXAMPLES:
        labbook runs --sweep boundaries --sort val/loss --limit 10
        labbook runs --by config
        labbook runs --where "lr < 0.01 and val/accuracy > 0.9" --format csv
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions
  @Option(help: "Only runs of this experiment.") var experiment: String?
  @Option(help: "Only runs of sweeps of this name.") var sweep: String?
  @Option(help: "A row a run, or a row a configuration: mean ± deviation (seeds).")
  var by = Grouping.run
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only runs for which this holds.", valueName: "expression"))
  var condition: String?
  @Option(
    help: ArgumentHelp(
      "Sort by a column, a parameter or a metric; accuracies from the top, all else upwards.",
      valueName: "key"))
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
    let formula = try condition.map(parse)
    let store = try store.openExisting()
    try store.checkNames(experiment: experiment, sweep: sweep)
    var query = RunQuery()
    query.experiment = experiment
    query.sweep = sweep
    query.includesReplaced = replaced
    query.order = try order(store)
    // What is filtered here or grouped is cut afterwards.
    let isWhole = formula != nil || by == .config
    query.limit = isWhole ? nil : limit
    query.offset = isWhole ? 0 : offset
    var runs = try store.runs(query)
    if let formula { runs = try filter(runs, formula) }
    if isWhole, by == .run { runs = Array(runs.dropFirst(offset).prefix(limit ?? runs.count)) }
    let listing = RunListing(runs, for: format.format)
    var table = by == .run ? listing.table : listing.tableByConfiguration
    if by == .config { table = table.page(offset: offset, limit: limit) }
    format.print(table)
  }

  private func parse(_ text: String) throws -> Formula {
    do { return try Formula(text) } catch { throw describe(error, text) }
  }

  private func filter(_ runs: [RunRecord], _ formula: Formula) throws -> [RunRecord] {
    do { return try runs.filtered(by: formula) } catch { throw describe(error, formula.source) }
  }

  private func describe(_ error: FormulaError, _ text: String) -> LabbookError {
    let caret =
      String(repeating: " ", count: error.column - 1) + String(repeating: "^", count: error.width)
    return .input("--where: \(error.message)\n  \(text)\n  \(caret)", hint: error.hint)
  }

  private func order(_ store: RunStore) throws -> RunOrder {
    guard let sort else { return .created }
    if let column = RunColumn(rawValue: sort) { return .column(column, descending: reverse) }
    let known = try store.names()
    if known.parameters.contains("train." + sort) {
      return .parameter("train." + sort, descending: reverse)
    }
    if known.parameters.contains(sort) { return .parameter(sort, descending: reverse) }
    if known.metrics.contains(sort) {
      let metric = Metric(sort)
      return .metric(metric, .last, descending: metric.isHigherBetter != reverse)
    }
    let names =
      RunColumn.allCases.map(\.rawValue) + known.parameters.map(shortPath) + known.metrics
    let hint = nearestName(to: sort, among: names).map { "Did you mean '\($0)'?" }
    throw LabbookError.input(
      "--sort: no run has a column, parameter or metric '\(sort)'.", hint: hint ?? "")
  }
}
