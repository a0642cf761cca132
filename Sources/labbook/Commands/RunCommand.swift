import ArgumentParser
import Datasets
import Experiments
import Foundation
import GnuplotBackend
import RunStorage
import Runner
import Sweeps
import Terminal
import Tracking

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train the runs of experiments, draw their figures, write their notebooks.",
    discussion: """
      Nothing is trained before every file is right. Runs whose result is in the store are not \
      trained again. Ctrl-C ends it cleanly; the same command goes on. The figures and the pages of \
      the notebook come last; a claim that does not hold makes the exit status 1.

      EXAMPLES:
        labbook run spiral.yaml
        labbook run spiral.yaml --jobs 1 --set train.lr=0.01 --only boundaries
        labbook run spiral.yaml --dry-run
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The experiments.", completion: .experiment) var files: [String]
  @Option(help: "Runs trained at the same time; results do not depend on it. (default: all cores)")
  var jobs: Int?
  @OptionGroup var computing: ComputingOptions
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"),
    completion: .key)
  var overrides: [String] = []
  @Option(
    help: ArgumentHelp("Only this sweep, and the cells that speak of it.", valueName: "sweep"),
    completion: .sweep)
  var only: [String] = []
  @Flag(help: "Only say what would be trained, and what is there already.") var dryRun = false
  @Flag(
    name: .customLong("try"),
    help: "Train two batches of every configuration and store nothing.")
  var isTrial = false
  @Flag(help: "Start a program again though three of its runs have failed alike.")
  var keepGoing = false
  @Flag(help: "Train everything anew; the new runs become the current ones.") var fresh = false
  @Option(
    name: .customLong("continue"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Train on a run that you have stopped.", valueName: "run"), completion: .run)
  var continued: [String] = []
  @Option(
    name: .customLong("accept"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The edit of this file of a program changes no number: runs made before it count.",
      valueName: "file"), completion: .file())
  var accepted: [String] = []
  @Option(
    help: ArgumentHelp(
      "Graphics cards that programs may take: how many, or a list such as 0,2. (default: all)",
      valueName: "list|n"))
  var gpus: String?
  @Option(help: ArgumentHelp("Where the figures go.", valueName: "dir"), completion: .directory)
  var plots = "plots"
  @OptionGroup var elsewhere: ElsewhereOptions
  @Flag(
    name: .customLong("led"),
    help: ArgumentHelp(
      "Only train, as long as standard input is open, and what its lines still want.",
      visibility: .hidden))
  var isLed = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be from 1 to 1024.")
    }
    if dryRun, isTrial { throw ValidationError("--dry-run and --try exclude each other.") }
  }

  func run() throws {
    try computing.apply()
    let loader = ExperimentLoader(beside: store.resolvedPath)
    var loaded = try loader.load(files, overrides: overrides)
    try checkOnly(loaded)
    if !accepted.isEmpty {
      let store = try store.openExisting()
      defer { store.close() }
      try EditAcceptance(store: store).accept(accepted, of: loaded)
      // Their keys are others now.
      loaded = try loader.load(files, overrides: overrides)
    }
    if dryRun {
      try elsewhere.printScripts(of: loaded)
      return try printPlan(loaded, loader)
    }
    if isTrial { return try tryOut(loaded, loader) }
    let store = try store.openOrCreate()
    defer { store.close() }
    loader.library.keepDecoded()
    try store.letGoOn(try continued.map { try store.run(beginning: $0).id })
    var status: Int32 = 0
    let options = options
    if isLed { try LeadingInput(options.wanted).listen() }
    if let problem = options.environment[RunSurroundings.gitProblem] {
      StandardError.write("note: the runs do not say of which commit they are: \(problem)\n")
    }
    for item in loaded {
      if let missing = FigureWriter.missing(for: item.experiment) {
        StandardError.write("note: \(missing)\n")
      }
      let outcome = try NotebookRun(
        item, store: store, loader: loader, only: only, plots: plots, overrides: overrides,
        cores: cores, threadsEach: computing.threads.count, options: options,
        keepsGoing: keepGoing, gpus: gpus, elsewhere: elsewhere, isTrainingOnly: isLed
      ).run()
      if outcome == 130 { throw ExitCode(130) }
      status = max(status, outcome)
    }
    if status != 0 { throw ExitCode(status) }
  }

  private var cores: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  private var options: SweepRunner.Options {
    var options = SweepRunner.Options()
    options.isFresh = fresh
    options.environment = RunSurroundings.current(version: labbookVersion)
    options.environment["threads"] = computing.threads.word
    if let text = ProcessInfo.processInfo.environment["LABBOOK_CHECKPOINT_SECONDS"],
      let seconds = Double(text), seconds >= 0
    {
      options.checkpointSeconds = seconds
    }
    if let text = ProcessInfo.processInfo.environment["LABBOOK_STATE_SECONDS"],
      let seconds = Double(text), seconds >= 0
    {
      options.leastStateSeconds = seconds
    }
    return options
  }

  /// A sweep named by `--only` must be in one of the files.
  private func checkOnly(_ loaded: [LoadedExperiment]) throws {
    let names = loaded.flatMap(\.sweepNames)
    for name in only where !names.contains(name) {
      let near = nearestName(to: name, among: names)
      throw LabbookError.input(
        "--only: there is no sweep '\(name)'.",
        hint: near.map { "Did you mean '\($0)'?" }
          ?? "The sweeps are " + names.map { "'\($0)'" }.joined(separator: ", ") + ".")
    }
  }

  private func printPlan(_ loaded: [LoadedExperiment], _ loader: ExperimentLoader) throws {
    let facts = loader.facts
    let path = store.resolvedPath
    let store = FileManager.default.fileExists(atPath: path) ? try store.openExisting() : nil
    var table = Table(
      ["experiment", "sweep"].map { Table.Column($0) }
        + ["runs", "new"].map { Table.Column($0, rank: 0) } + [Table.Column("reused")]
        + ["resumed", "continued", "again", "elsewhere"].map { Table.Column($0, rank: 2) })
    for item in loaded {
      if !fresh { try item.grow(from: store) }
      for sweep in item.plan.sweeps where only.isEmpty || only.contains(sweep.name) {
        let status = try PlanStatus(
          sweep.runs, facts: facts, in: store, fresh: fresh, measure: sweep.measure,
          limit: sweep.limit(of:))
        table.append(
          [.words(item.plan.experiment), .words(sweep.name)]
            + [
              status.total + sweep.pendingRuns, status.new + sweep.pendingRuns, status.reused,
              status.resumed, status.continued,
              status.trainedAgain, status.elsewhere,
            ].map { Table.Cell(.integer($0)) })
      }
    }
    let style = TextStyle.standardOutput
    say(
      table.text(within: style.room?.columns, otherwise: "labbook check --format csv has all"),
      terminator: "")
  }

  private func tryOut(_ loaded: [LoadedExperiment], _ loader: ExperimentLoader) throws {
    var failed = 0
    for item in loaded {
      let names = Set(item.plan.sweeps.map(\.name))
      let here = only.filter(names.contains)
      if !only.isEmpty, here.isEmpty { continue }
      let jobs = try SweepJobs.trials(of: item.plan, only: here)
      let machine = try ProgramMachine(item, jobs: cores, gpus: gpus, runs: 1)
      try machine.check()
      let tracking = try machine.tracking(in: nil)
      defer { tracking?.close() }
      let trainers = Trainers.all(
        loader.library, machine.slots, tracking: tracking, reports: 2)
      for result in TryOut.run(jobs, trainers, cores: cores) {
        if let failure = result.failure {
          failed += 1; say("failed  \(result.label): \(failure)")
        } else {
          say("ok      \(result.label)")
        }
        for line in result.understood { say("        " + line) }
      }
    }
    if failed > 0 { throw ExitCode(1) }
  }
}
