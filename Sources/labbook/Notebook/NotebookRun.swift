import Experiments
import Foundation
import GnuplotBackend
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runner
import Runs
import Sweeps
import Terminal
import Tracking
import Training

/// One experiment on its way through: trains its runs, then prints and draws its cells.
struct NotebookRun {
  private let experiment: Experiment
  private let growing: GrowingPlan
  private let store: RunStore
  private let loader: ExperimentLoader
  private let only: [String]
  private let plots: String
  private let overrides: [String]
  private let cores: Int
  private let threadsEach: Int?
  private let options: SweepRunner.Options
  private let keepsGoing: Bool

  init(
    _ loaded: LoadedExperiment, store: RunStore, loader: ExperimentLoader, only: [String],
    plots: String, overrides: [String], cores: Int, threadsEach: Int?,
    options: SweepRunner.Options, keepsGoing: Bool = false
  ) {
    self.keepsGoing = keepsGoing
    experiment = loaded.experiment
    growing = loaded.growing
    self.store = store
    self.loader = loader
    let names = Set(loaded.plan.sweeps.map(\.name))
    self.only = only.filter(names.contains)
    self.plots = plots
    self.overrides = overrides
    self.cores = cores
    self.threadsEach = threadsEach
    self.options = options
    isLeftOut = !only.isEmpty && self.only.isEmpty
  }

  private let isLeftOut: Bool

  /// Whether the runs that are known and have no result yet find memory enough, side by side.
  private func checkMemory() throws {
    let runs = growing.plan.sweeps.filter { only.isEmpty || only.contains($0.name) }
      .flatMap(\.runs)
    let known = options.isFresh ? [:] : try store.currentRuns(ofKeys: runs.map(\.key))
    let waiting = runs.filter { run in
      known[run.key].map { !$0.status.isResult || $0.lostFile != nil } ?? true
    }
    let networks =
      waiting
      .compactMap(\.configuration.network)
    if let problem = try MemoryNeed.problem(networks, jobs: cores, library: loader.library) {
      throw problem
    }
  }

  /// Trains and draws; the exit status.
  func run() throws -> Int32 {
    if isLeftOut { return 0 }
    try checkMemory()
    // What is wrong with the folder is said before anything is trained.
    _ = try PlotsFolder(plots, experiment: experiment.name)
    if let remark = try store.remarkOnFolders() { StandardError.write(remark + "\n") }
    let style = TextStyle.standardOutput
    let title = experiment.title.map { ": " + $0 } ?? ""
    print(style.strong(experiment.name) + title)
    let work = try PlanWork(
      growing, facts: PlanFacts(library: loader.library), only: only, in: store,
      isFresh: options.isFresh, isChanged: !overrides.isEmpty)
    let executor = ThreadExecutor(
      Trainers.all(loader.library, keepsGoing: keepsGoing), cores: cores,
      threadsEach: threadsEach)
    let report = try SweepRunner(store, executor, options).run(
      work, experiment: experiment.name, title: experiment.title,
      printer: ProgressPrinter(environment: ProcessInfo.processInfo.environment))
    if report.begun == 0, report.total > 0 {
      let runs = report.total == 1 ? "the run is" : "all \(Quantity.count(report.total)) runs are"
      print("\(runs) in \(store.path) already")
    }
    for failure in report.failures {
      StandardError.write("failed: \(failure.label): \(failure.message)\n")
    }
    if report.exitStatus == 130 { return 130 }
    let output = NotebookOutput(
      experiment: experiment, plan: growing.plan, store: store, library: loader.library,
      plots: plots,
      overrides: overrides, only: only)
    let status = max(report.exitStatus, try output.write(style))
    try store.checkPlace()
    return status
  }
}
