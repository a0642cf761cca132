import ArgumentParser
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
      that have no result yet.

      EXAMPLES:
        labbook stop 3f2a
        labbook stop --sweep main --experiment spiral
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("Runs, each by a beginning of its id.", valueName: "run"))
  var names: [String] = []
  @Option(help: "All runs of this sweep that have no result.") var sweep: String?
  @Option(help: "The experiment of the sweep, where several have one of its name.")
  var experiment: String?

  func validate() throws {
    if names.isEmpty == (sweep == nil) { throw ValidationError("Name runs, or one --sweep.") }
  }

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    let runs = try asked(store)
    let living = Set(try store.requestStop(of: runs.map(\.id)))
    for run in runs {
      let now = living.contains(run.id) ? "stops" : "is stopped"
      print("\(run.id.short) \(now)  \(run.sweep), seed \(run.seed)")
    }
  }

  private func asked(_ store: RunStore) throws -> [RunRecord] {
    guard let sweep else {
      let runs = try names.map { try store.run(beginning: $0) }
      if let done = runs.first(where: { $0.status.isResult }) {
        throw LabbookError.input(
          "run \(done.id.short) is \(done.status.rawValue): there is nothing to stop")
      }
      return runs
    }
    var query = RunQuery(try store.sweep(named: sweep, of: experiment))
    query.statuses = [.planned, .running, .interrupted]
    let runs = try store.runs(query)
    guard runs.contains(where: { store.isTrained($0.id) }) else {
      throw LabbookError.failure("no run of the sweep '\(sweep)' is being trained")
    }
    return runs
  }
}
