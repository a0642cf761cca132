import Cluster
import Experiments
import Foundation
import GnuplotBackend
import Interchange
import Machine
import Pages
import Pictures
import Programs
import Results
import RunStorage
import Runner
import Runs
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
  private let gpus: String?
  private let elsewhere: ElsewhereOptions
  private let loaded: LoadedExperiment
  /// Whether nothing is printed and drawn in the end.
  private let isTrainingOnly: Bool

  init(
    _ loaded: LoadedExperiment, store: RunStore, loader: ExperimentLoader, only: [String],
    plots: String, overrides: [String], cores: Int, threadsEach: Int?,
    options: SweepRunner.Options,
    keepsGoing: Bool = false, gpus: String? = nil, elsewhere: ElsewhereOptions,
    isTrainingOnly: Bool = false
  ) {
    self.isTrainingOnly = isTrainingOnly
    (self.keepsGoing, self.gpus, self.loaded) = (keepsGoing, gpus, loaded)
    self.elsewhere = elsewhere
    experiment = loaded.experiment
    growing = loaded.growing
    self.store = store
    self.loader = loader
    let names = Set(loaded.sweepNames)
    self.only = only.filter(names.contains)
    self.plots = plots
    self.overrides = overrides
    self.cores = cores
    self.threadsEach = threadsEach
    self.options = options
    isLeftOut = !only.isEmpty && self.only.isEmpty
  }

  private let isLeftOut: Bool

  private var sweeps: [SweepPlan] {
    growing.plan.sweeps.filter { only.isEmpty || only.contains($0.name) }
  }

  /// The runs that are known: those that have no result yet, and the others.
  private func runs() throws -> (waiting: [PlannedRun], reused: [PlannedRun]) {
    let runs = sweeps.flatMap(\.runs)
    let known = options.isFresh ? [:] : try store.currentRuns(ofKeys: runs.map(\.key))
    func isWaiting(_ run: PlannedRun) -> Bool {
      known[run.key].map { !$0.status.isResult || $0.lostFile != nil } ?? true
    }
    return (runs.filter(isWaiting), runs.filter { !isWaiting($0) })
  }

  /// Whether the runs that are known and have no result yet find memory enough, side by side.
  private func checkMemory(_ waiting: [PlannedRun]) throws {
    let networks = waiting.compactMap(\.configuration.network)
    if let problem = try MemoryNeed.problem(networks, jobs: cores, library: loader.library) {
      throw problem
    }
  }

  /// What is not the same at every --jobs, sweep by sweep.
  private var arrivalRemarks: [String] {
    sweeps.compactMap { sweep in
      let spec = experiment.sweeps.first { $0.name == sweep.name }
      let parts = [
        spec?.strategy.isAsynchronous == true ? "proposes" : nil,
        sweep.arrival == nil ? nil : "stops",
      ].compactMap { $0 }
      return parts.isEmpty
        ? nil
        : "the sweep '\(sweep.name)' \(parts.joined(separator: " and ")) on arrival: it is not the same at "
          + "every --jobs"
    }
  }

  /// Copies the programs that are to be started from copies, all before the first run; `nil` where none
  /// are.
  private func snapshots(of runs: [PlannedRun]) throws -> ProgramSnapshots? {
    let programs = runs.compactMap { run -> (ProgramRun, [String: String])? in
      guard case .program(let program) = run.configuration.body,
        program.handling.isSnapshot == true
      else { return nil }
      return (program, run.files.program ?? [:])
    }
    if programs.isEmpty { return nil }
    let snapshots = ProgramSnapshots(in: store.runsFolder + "/snapshots")
    for (program, contents) in programs { _ = try snapshots.place(of: program, contents) }
    return snapshots
  }

  /// Whether the command line asks for runs that the file does not, which supersede nothing.
  ///
  /// Tags decide no run, and an experiment that `--set` names for the first time is nobody else's.
  private func isChanged() throws -> Bool {
    func sets(_ name: String) -> (String) -> Bool { { $0.hasPrefix(name + "=") } }
    guard overrides.contains(where: { !sets("tags")($0) }) else { return false }
    let isNamed = overrides.contains(where: sets("experiment"))
    return try !isNamed || store.sweepNames().contains { $0.experiment == experiment.name }
  }

  /// Trains and draws; the exit status.
  func run() throws -> Int32 {
    if isLeftOut { return 0 }
    // Before anything is planned: what another process takes in meanwhile is not handed over again.
    let turn = try elsewhere.turn(for: experiment, in: store)
    defer { withExtendedLifetime(turn) {} }
    let (waiting, reused) = try runs()
    try checkMemory(waiting)
    let machine = try ProgramMachine(
      loaded, jobs: cores, gpus: gpus,
      runs: waiting.count + sweeps.reduce(0) { $0.addedSaturating($1.pendingRuns) })
    try machine.check()
    // What is wrong with the folder is said before anything is trained.
    _ = try PlotsFolder(plots, experiment: experiment.name)
    for remark in [store.remarkOnPlace, try store.remarkOnFolders()].compactMap({ $0 }) {
      StandardError.write(remark + "\n")
    }
    let style = TextStyle.standardOutput
    let title = experiment.title.map { ": " + $0 } ?? ""
    say(style.strong(experiment.name) + title)
    let work = try PlanWork(
      growing, facts: loader.facts, only: only, in: store,
      isFresh: options.isFresh, isChanged: try isChanged())
    if let remark = try machine.trackedRemark(reused, in: store) {
      StandardError.write("note: \(remark)\n")
    }
    if let remark = machine.slots.cards.remark { StandardError.write("note: \(remark)\n") }
    for line in arrivalRemarks { StandardError.write("note: \(line)\n") }
    var options = options
    if !waiting.isEmpty { options.environment.merge(machine.surroundings()) { _, new in new } }
    let snapshots = try snapshots(of: waiting)
    defer { snapshots?.close() }
    let tracking = try machine.tracking(in: store, goesAway: elsewhere.goesAway(experiment))
    defer { tracking?.close() }
    let away = try elsewhere.executor(
      for: loaded, in: store, library: loader.library, seconds: options.checkpointSeconds)
    if away == nil { try elsewhere.checkNoneIsAway(waiting.map(\.key), store) }
    let executor: any Executor =
      away
      ?? ThreadExecutor(
        Trainers.all(
          loader.library, machine.slots, snapshots: snapshots, tracking: tracking,
          keepsGoing: keepsGoing),
        cores: cores, threadsEach: threadsEach)
    let report = try SweepRunner(store, executor, options).run(
      work, experiment: experiment.name, title: experiment.title, tags: experiment.tags,
      printer: ProgressPrinter(environment: ProcessInfo.processInfo.environment))
    if away != nil, report.begun == 0, let why = report.hindrances.first {
      throw LabbookError.failure(why)
    }
    if report.begun == 0, report.total > 0, away?.hasLeft != true {
      let runs = report.total == 1 ? "the run is" : "all \(Quantity.count(report.total)) runs are"
      say("\(runs) in \(store.path) already")
    }
    for failure in report.failures {
      StandardError.write("failed: \(failure.label): \(failure.message)\n")
    }
    try away?.close()
    if let away, away.hasLeft { return elsewhere.sayLeft(experiment, in: store) }
    if report.exitStatus == 130 { return 130 }
    if isTrainingOnly {
      try store.checkPlace()
      return report.exitStatus
    }
    let output = NotebookOutput(
      experiment: experiment, plan: growing.plan, store: store, library: loader.library,
      plots: plots,
      overrides: overrides, only: only)
    let status = max(report.exitStatus, try output.write(style))
    try store.checkPlace()
    return status
  }
}
