import ArgumentParser
import Experiments
import Foundation
import GnuplotBackend
import Interchange
import Machine
import Pages
import Programs
import Pictures
import Results
import RunStorage
import Runner
import Runs
import Sweeps
import Terminal
import Tracking
import Training

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether experiments are right, and what they would do.",
    discussion: """
      Prints every error of the files at once, or the plan: data, the shapes of all layers, runs to \
      train and runs to reuse, predicted time and disk, and advice with its reason; lint: {allow: \
      [RULE]} in a file silences a rule. Trains nothing and writes nothing.

      A row of the plan is a sweep: what it varies; its configurations, which are runs without their \
      seed; its runs; of these new: nobody has begun them; reused: their result is in the store; \
      resumed: they go on from their checkpoint; continued: they go on from the last state of a \
      shorter run; again: they were begun and start over, as what they had reached is of no use; and \
      updates: steps of the optimizer that are left to do.

      EXAMPLES:
        labbook check experiments/spiral.yaml
        labbook check experiments/*.yaml
        labbook check spiral.yaml --set train.lr=0.01
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The experiments.", completion: .experiment) var files: [String]
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"),
    completion: .key)
  var overrides: [String] = []
  @Option(help: "How many cores the runs would take together. (default: all cores)")
  var jobs: Int?
  @Option(
    help: ArgumentHelp("The graphics cards that programs would take.", valueName: "list|n"))
  var gpus: String?
  @Option(help: "As text, or the plan as JSON or CSV.") var format = TableFormat.table

  func run() throws {
    let loader = ExperimentLoader(beside: store.resolvedPath)
    let loaded = try loader.load(files, overrides: overrides)
    let store = try openStoreIfThere()
    var tables: [(name: String, table: Table)] = []
    for (index, item) in loaded.enumerated() {
      if index > 0, format == .table { print() }
      try item.grow(from: store)
      let plan = item.plan
      let facts = loader.facts
      let known = try plan.sweeps.map { try work(of: $0, store, facts) }
      let (waiting, reused) = try unfinished(of: plan, store)
      let machine = try ProgramMachine(
        item, jobs: cores, gpus: gpus,
        runs: waiting.count + plan.sweeps.reduce(0) { $0.addedSaturating($1.pendingRuns) })
      try machine.check()
      let report = CheckReport(
        item.experiment, plan, library: loader.library, work: known,
        slots: { machine.slots.words(for: $0) })
      switch format {
      case .table:
        say(try report.text(.standardOutput), terminator: "")
        say(try prediction(waiting, plan, store, loader, machine.slots))
        if let store, let remark = try machine.trackedRemark(reused, in: store) { say(remark) }
        if let remark = machine.slots.cards.remark { say(remark) }
        if let remark = store?.remarkOnPlace { say(remark) }
        if let remark = try store?.remarkOnFolders() { say(remark) }
        if let missing = FigureWriter.missing(for: item.experiment) { say("\n" + missing) }
        for advice in item.experiment.advice() { say("\n\(advice)") }
        if let remark = item.experiment.adviceRemark { say("\n" + remark) }
        for advice in try resultAdvice(item, store) { say("\n" + advice) }
      case .json, .csv: tables.append((item.experiment.name, report.planTable))
      }
    }
    if format != .table {
      StandardOutput.write(Table.joined(tables, by: "experiment").text(format), format)
    }
  }

  /// What the results of sweeps say: a best value at the edge of what was tried, a program's parameter that
  /// changes nothing.
  private func resultAdvice(_ item: LoadedExperiment, _ store: RunStore?) throws -> [String] {
    guard let store else { return [] }
    var views: [String: SweepView] = [:]
    let advice = try item.experiment.sweeps.flatMap { spec -> [String] in
      guard let sweep = item.plan[spec.name] else { return [] }
      let view = try SweepView(sweep, in: store)
      views[spec.name] = view
      return view.edgeAdvice(spec) + view.outputAdvice()
    }
    let answers = StoreAnswers(sweeps: views)
    let answered = item.experiment.exercises.filter { ExerciseJudge.isAnswered($0, answers) }
    return advice + item.experiment.advice(onAnswered: answered).map(\.description)
  }

  private func openStoreIfThere() throws -> RunStore? {
    guard FileManager.default.fileExists(atPath: store.resolvedPath) else { return nil }
    return try store.openExisting()
  }

  private func work(
    of sweep: SweepPlan, _ store: RunStore?, _ facts: PlanFacts
  ) throws -> CheckReport.SweepWork {
    let runs = sweep.runs
    let status = try PlanStatus(
      runs, facts: facts, in: store, measure: sweep.measure, limit: sweep.limit(of:))
    let waiting = try unfinished(runs, store)
    return CheckReport.SweepWork(
      new: status.new + sweep.pendingRuns, reused: status.reused, resumed: status.resumed,
      continued: status.continued, again: status.trainedAgain,
      updates: try WorkEstimate(waiting, facts: facts).updates)
  }

  private var cores: Int { max(1, jobs ?? ProcessInfo.processInfo.activeProcessorCount) }

  /// The runs of a plan that have no result in the store, and the others, each once.
  private func unfinished(
    of plan: RunPlan, _ store: RunStore?
  ) throws -> (waiting: [PlannedRun], reused: [PlannedRun]) {
    // The runs of a single sweep are each there once.
    let all = plan.sweeps.count == 1 ? plan.sweeps[0].runs : plan.runs.map(\.run)
    let waiting = try unfinished(all, store)
    let keys = Set(waiting.map(\.key))
    return (waiting, all.filter { !keys.contains($0.key) })
  }

  /// The runs that have no result in the store.
  private func unfinished(_ runs: [PlannedRun], _ store: RunStore?) throws -> [PlannedRun] {
    guard let known = try store?.currentRuns(ofKeys: runs.map(\.key)) else { return runs }
    return runs.filter { run in
      known[run.key].map { !$0.status.isResult || $0.lostFile != nil } ?? true
    }
  }

  private func prediction(
    _ runs: [PlannedRun], _ plan: RunPlan, _ store: RunStore?, _ loader: ExperimentLoader,
    _ slots: ProgramSlots
  ) throws -> String {
    guard !runs.isEmpty else { return "Nothing is left to train." }
    let programs = try ProgramPrediction(
      runs, of: plan.experiment, in: store, slots)
    let networks = runs.lazy.compactMap(\.configuration.network)
    guard !networks.isEmpty else { return programs?.text ?? "" }
    let cores = max(1, cores)
    let need = try MemoryNeed.greatest(of: networks, library: loader.library)
    if let problem = need?.problem(jobs: 1) { throw problem }
    let prediction = try TrainingPrediction(networks, library: loader.library, cores: cores)
    let tight = need?.problem(jobs: min(cores, runs.count))
    let seconds = prediction.seconds
    let size = Quantity.bytes(prediction.bytes)
    let time = seconds < 1 ? "under 1 s" : Quantity.duration(seconds)
    return "Predicted: \(time) on \(cores) "
      + "\(cores == 1 ? "core" : "cores"), \(size) in \(self.store.resolvedPath)"
      + (tight.map { "\n" + $0.description } ?? "") + (programs.map { "\n" + $0.text } ?? "")
  }
}
