import ArgumentParser
import Datasets
import Experiments
import Foundation
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

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Train a run again and say whether every bit is the same.",
    discussion: """
      The run is trained in memory from its first update, and nothing is stored. Its points (but \
      those of the clock) and its files are compared with the store's, and its files with what was \
      written. Paths of its data are \
      taken from the folder that it was run in; data whose bytes have changed are refused. Exit \
      status 1 where something differs.

      Of a program's run the stored command is shown; --yes starts it again, and says which metrics \
      differ and by how much.

      EXAMPLES:
        labbook verify 3f2a
        labbook verify 3f2a --yes
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"),
    completion: .run)
  var name: String
  @Flag(help: "Start the program of the run, as its command is shown without this.") var yes = false
  @Option(
    help: ArgumentHelp("The graphics cards that it may take.", valueName: "list|n"))
  var gpus: String?

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    try computing.apply()
    let store = try store.openExisting()
    let run = try store.run(beginning: name)
    let library = DataLibrary(beside: self.store.resolvedPath)
    try run.checkIsOwn(for: "`verify`")
    let stored = try store.configuration(of: run.id, in: library)
    if case .program(let program) = stored.configuration.body {
      return try verify(program, stored, run, in: store)
    }
    let facts = PlanFacts(library: library)
    try stored.checkFiles { try facts.files(of: $0) }
    let configuration = stored.configuration
    let isSameKey = try facts.key(of: configuration) == run.key
    let result = try RunVerification(
      run, configuration, by: NetworkTrainer(library: library), in: store,
      threads: computing.allowance)
    guard let difference = result.difference else {
      say(
        "run \(run.id.short) is identical: \(Quantity.count(result.points)) points of "
          + "\(result.metrics) metrics, \(result.tensors) tensors, \(result.files) files")
      return
    }
    say("run \(run.id.short) differs first in \(difference)")
    if !isSameKey {
      say("its key is another now: the core's numerics have changed")
    }
    for line in try surroundings(run, store) { say(line) }
    throw ExitCode(1)
  }

  /// Shows the command of a program's run, and where that is asked runs it again.
  private func verify(
    _ program: ProgramRun, _ stored: StoredRun, _ run: RunRecord, in store: RunStore
  ) throws {
    let folder = program.handling.folder
    say("run \(run.id.short) was started as")
    say("  " + (try program.shownCommand))
    let place = URL(fileURLWithPath: folder.isEmpty ? "." : folder).standardizedFileURL.path
    say("in " + printable(place))
    for (name, value) in program.environment.sorted(by: { $0.key < $1.key }) {
      say("with " + printable("\(name)=\(value)"))
    }
    guard yes else {
      throw LabbookError.input("nothing was started", hint: "--yes starts it again and compares")
    }
    let files = try stored.checkFiles {
      try PlanFacts(library: DataLibrary()).files(of: $0)
    }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let slots = ProgramSlots(jobs: cores, runs: 1, cards: try MachineCards.find(gpus))
    if let problem = slots.problem(of: program) { throw problem }
    let tracking = program.handling.metrics == .mlflow ? try ServedTracking(nil) : nil
    defer { tracking?.close() }
    let result = try ProgramVerification(
      run, stored.configuration, files, by: Trainers.program(slots, tracking: tracking),
      cores: cores, in: store)
    if result.status == .interrupted { throw ExitCode(130) }
    try tell(result, run, store)
  }

  private func tell(
    _ result: ProgramVerification, _ run: RunRecord, _ store: RunStore
  ) throws {
    let count = Quantity.count(result.metrics.count)
    if result.isSame {
      let points = result.metrics.reduce(0) { $0 + $1.steps }
      return say(
        "run \(run.id.short) is the same: \(Quantity.count(points)) points of \(count) "
          + "metric\(result.metrics.count == 1 ? "" : "s")")
    }
    let differing = result.metrics.filter { $0.differing > 0 }
    say("run \(run.id.short) differs in \(differing.count) of \(count) metrics")
    var table = Table(
      ["metric", "steps", "differing", "by at most", "at step", "last then", "last now"]
        .map { Table.Column($0) })
    for metric in differing {
      let place = metric.greatest
      table.append([
        .words(metric.metric.name), Table.Cell(.integer(metric.steps)),
        Table.Cell(.integer(metric.differing)), Self.cell(place.map { abs($0.then - $0.now) }),
        place.map { Table.Cell(.integer($0.step)) } ?? .empty, Self.cell(metric.lastThen),
        Self.cell(metric.lastNow),
      ])
    }
    if !differing.isEmpty {
      print(table.text(within: StandardOutput.columns), terminator: "")
    }
    if result.status != run.status {
      say("it ended \(run.status.rawValue) then, and \(result.status.rawValue) now")
    }
    for line in try surroundings(run, store, ["interpreter", "packages"]) { say(line) }
    throw ExitCode(1)
  }

  private static func cell(_ value: Double?) -> Table.Cell {
    value.map { Table.Cell(.number($0), text: ParameterValue.number($0).display) } ?? .empty
  }

  /// What computed the run then and would now, where that is not the same.
  private func surroundings(
    _ run: RunRecord, _ store: RunStore, _ programs: [String]
  ) throws -> [String] {
    let stored = try store.environment(of: run.id)
    guard let configuration = try? store.configuration(of: run.id).configuration,
      case .program(let program) = configuration.body
    else { return [] }
    let now = Interpreter.values(of: program)
    return programs.compactMap { name in
      guard stored[name] != now[name] else { return nil }
      if name == "packages" { return "its packages are not those of then" }
      return "\(name): \(stored[name] ?? "none") then, \(now[name] ?? "none") now"
    }
  }

  private func surroundings(_ run: RunRecord, _ store: RunStore) throws -> [String] {
    let before = try store.environment(of: run.id)
    let now = RunSurroundings.current(version: labbookVersion)
    let names = ["version", "git_commit", "numerics", "kernels", "blas", "cpu"]
    let changed = names.filter { before[$0] != now[$0] }.map {
      "\($0): \(before[$0] ?? "none") then, \(now[$0] ?? "none") now"
    }
    return changed.isEmpty
      ? ["the program, its numerics, kernels, BLAS and processor are the same as then"] : changed
  }
}
