import ArgumentParser
import Cluster
import Experiments
import FileLanguage
import Pages
import RunStorage
import Tracking

struct StopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Ask the process that trains some runs to stop them.",
    discussion: """
      A run ends before its next update and keeps what it measured. It stays stopped, also where the \
      same file is run again, until `labbook run FILE --continue RUN`. Of a sweep all runs are stopped \
      that have no result yet; of a file those of its experiment that are running or planned.

      EXAMPLES:
        labbook stop 3f2a
        labbook stop --sweep main --experiment spiral
        labbook stop spiral.yaml
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp(
      "Runs, each by a beginning of its id, or experiment files.", valueName: "run|file"),
    completion: .run)
  var names: [String] = []
  @Option(help: "All runs of this sweep that have no result.", completion: .sweep) var sweep:
    String?
  @Option(
    help: "The experiment of the sweep, where several have one of its name.",
    completion: .experimentName)
  var experiment: String?

  func validate() throws {
    if names.isEmpty == (sweep == nil) {
      throw ValidationError("Name runs, files, or one --sweep.")
    }
  }

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    let runs = try asked(store)
    let elsewhere = try Self.stopElsewhere(runs, store)
    let living = Set(try store.requestStop(of: runs.map(\.id), elsewhere: elsewhere))
    if !elsewhere.isEmpty {
      say("what tasks at work have measured is taken in by the next 'labbook run' of the file")
    }
    for run in runs {
      let now = living.contains(run.id) ? "stops" : "is stopped"
      say("\(run.id.short) \(now)  \(run.sweep), seed \(run.seed)")
    }
  }

  /// Asks the tasks of plans to stop runs; those that tasks at work have.
  private static func stopElsewhere(_ runs: [RunRecord], _ store: RunStore) throws -> Set<RunID> {
    let keys = Set(runs.map(\.key))
    let launcher = SlurmLauncher.isHere ? SlurmLauncher() : nil
    var found: Set<RunID> = []
    for folder in PlanFolder.open(in: store.runsFolder, of: store.file) {
      let stop = try PlanStop(keys, in: folder, launcher) { keys in
        Set(try store.currentRuns(ofKeys: keys).filter(\.value.status.isResult).keys)
      }
      guard let stop else { continue }
      say("asked \(stop.asked) of \(stop.runs) runs of the plan \(folder.name) to stop")
      if !stop.takenBack.isEmpty {
        say("took back what had not begun: \(stop.takenBack.count) runs")
      }
      if let why = stop.hindrance {
        StandardError.write("note: tasks that wait end as soon as they begin: \(why)\n")
      }
      let left = Set(try folder.keys()).subtracting(stop.takenBack)
      found.formUnion(runs.filter { left.contains($0.key) }.map(\.id))
    }
    return found
  }

  private static func areElsewhere(_ runs: [RunRecord], _ store: RunStore) -> Bool {
    let keys = Set(runs.map(\.key))
    return PlanFolder.open(in: store.runsFolder, of: store.file).contains {
      !keys.isDisjoint(with: (try? $0.keys()) ?? [])
    }
  }

  private func asked(_ store: RunStore) throws -> [RunRecord] {
    guard let sweep else {
      let runs = try names.flatMap { name in
        Self.isFile(name) ? try self.runs(ofFile: name, store) : [try run(name, store)]
      }
      return runs.reduce(into: [RunRecord]()) { all, run in
        if !all.contains(where: { $0.id == run.id }) { all.append(run) }
      }
    }
    var query = RunQuery(try store.sweep(named: sweep, of: experiment))
    query.statuses = [.planned, .running, .interrupted]
    let runs = try store.runs(query)
    guard runs.contains(where: { store.isTrained($0.id) }) || Self.areElsewhere(runs, store) else {
      throw LabbookError.failure("no run of the sweep '\(sweep)' is being trained")
    }
    return runs
  }

  /// The beginning of an id has neither a dot nor a slash.
  private static func isFile(_ name: String) -> Bool { name.contains { $0 == "." || $0 == "/" } }

  private func run(_ name: String, _ store: RunStore) throws -> RunRecord {
    let run = try store.run(beginning: name)
    if run.status.isResult {
      throw LabbookError.input(
        "run \(run.id.short) is \(run.status.rawValue): there is nothing to stop")
    }
    return run
  }

  private func runs(ofFile file: String, _ store: RunStore) throws -> [RunRecord] {
    let name: String
    do throws(Diagnostics) { name = try Experiment.name(ofFile: file) } catch {
      StandardError.write(error.description + "\n")
      throw ExitCode(2)
    }
    try store.checkNames(experiment: name, sweep: nil)
    var query = RunQuery()
    query.experiment = name
    query.statuses = [.planned, .running, .interrupted]
    let runs = try store.runs(query)
    guard !runs.isEmpty else {
      throw LabbookError.failure("no run of the experiment '\(name)' is running or planned")
    }
    return runs
  }
}
