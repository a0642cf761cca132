import ArgumentParser
import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import Terminal
import Tracking

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what differs between runs, and how sure the difference is over seeds.",
    discussion: """
      RUN RUN... stand beside each other: settings that differ, and every metric; below, their \
      configurations over the seeds they have in common (--seeds: only that). With --sweep the \
      values of a key are compared with one of them by runs of the same seed, with the 95 % \
      interval of the mean difference (Student's t; Welch's where seeds are not common; several \
      comparisons are adjusted by Holm). Where runs of one value differ in other settings \
      too, it stands by its best configuration, which is named; with --pool each seed's mean over \
      all of them is one value. n counts seeds.

      EXAMPLES:
        labbook compare 3f2a 9c41
        labbook compare 3f2a 9c41 --seeds --metric val/accuracy --format json
        labbook compare --sweep main --by model
        labbook compare --sweep main --by model,optimizer --where "lr < 0.1"
        labbook compare --sweep main --by model --pool
        labbook compare --sweep main --by lr --against 0.001 --metric val/accuracy --format csv
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "Runs, each by a beginning of its id.", completion: .run) var runs: [String] = []
  @Option(help: "The sweep whose runs are compared.", completion: .sweep) var sweep: String?
  @Option(
    help: "The experiment of the sweep, where several have one of its name.",
    completion: .experimentName)
  var experiment: String?
  @Option(
    help: ArgumentHelp(
      "The key whose values are compared, or several with commas between.", valueName: "key"),
    completion: .key)
  var by: String?
  @OptionGroup var condition: WhereOptions
  @Flag(help: "All configurations of a value together, instead of its best one.") var pool = false
  @Option(help: "The value the others are compared with. (default: that of the first run)")
  var against: String?
  @Option(help: "What is compared. (default: the objective)", completion: .metric) var metric:
    String?
  @Option(help: "The final value, or that of the epoch the objective chose.")
  var value = MetricValue.last
  @Flag(help: "Of RUN RUN... only the configurations, over the seeds they have in common.")
  var seeds = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var former: FormerOptions

  func validate() throws {
    if sweep == nil, runs.count < 2 { throw ValidationError("Name two runs, or --sweep and --by.") }
    if sweep != nil, !runs.isEmpty {
      throw ValidationError("Runs and --sweep exclude each other.")
    }
    if sweep != nil, by == nil { throw ValidationError("--sweep needs --by.") }
    if sweep == nil, by != nil || pool || condition.condition != nil {
      throw ValidationError("--by, --where and --pool belong to --sweep.")
    }
  }

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    guard let sweep, let by else {
      return try compareRuns(store)
    }
    let view = try condition.filtering(store) { filter in
      try SweepView(
        sweep: sweep, experiment: experiment, in: store, former: former.isAsked, where: filter)
    }
    former.report(view)
    let asked = try metric.map { Metric($0) } ?? view.objective.judgingMetric
    let comparison = try Comparison(
      view, by: by, against: against, metric: metric.map { Metric($0) }, value, pooled: pool)
    try show(comparison, PartSampling.notes(of: [asked], value, in: view, DataLibrary()))
  }

  private func compareRuns(_ store: RunStore) throws {
    let chosen = try runs.map { try store.run(beginning: $0) }
    if !seeds { try format.print(RunComparison(chosen).table) }
    let isOne = Set(chosen.map(\.configuration)).count == 1
    if !seeds, isOne || format.format != .table { return }
    var query = RunQuery()
    query.configurations = chosen.map(\.configuration)
    let members = try store.runs(query)
    if !seeds {
      let asked = metric.map { Metric($0) } ?? chosen[0].objective.metric
      guard members.contains(where: { $0.metrics[asked] != nil }) else { return }
      print()
    }
    try show(
      Comparison(
        configurationsOf: chosen, members, metric: metric.map { Metric($0) }, value))
  }

  private func show(_ comparison: Comparison, _ notes: [String] = []) throws {
    try format.print(
      comparison.table, below: [""] + comparison.sentences + comparison.notes + notes)
  }
}

extension Objective {
  /// The metric by which runs are compared.
  ///
  /// - Throws: `LabbookError` where nobody has said one, as of runs that are logged through MLflow.
  fileprivate var judgingMetric: Metric {
    get throws {
      if !metric.name.isEmpty { return metric }
      throw LabbookError.input(
        "nothing says by which metric these runs are compared", hint: "--metric says it")
    }
  }
}
