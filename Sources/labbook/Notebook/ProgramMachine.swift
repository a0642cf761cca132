import ArgumentParser
import Experiments
import FileLanguage
import Foundation
import Machine
import Programs
import RunStorage
import Runner
import Runs
import Sweeps
import Terminal
import Tracking

/// What the programs of an experiment need of the machine, and what is to be known of their files.
struct ProgramMachine {
  private let experiment: Experiment
  /// The programs of the plan, those of each sweep once for every way in which they are handled.
  private let programs: [ProgramRun]
  /// What their runs share.
  let slots: ProgramSlots

  /// Looks at the machine where the plan has programs; otherwise nothing is asked.
  ///
  /// - Parameters:
  ///   - jobs: the cores that all runs together take.
  ///   - gpus: what `--gpus` says.
  ///   - runs: how many runs are to be started.
  /// - Throws: `LabbookError` where `gpus` names cards that are not there.
  init(_ item: LoadedExperiment, jobs: Int, gpus: String?, runs: Int) throws {
    experiment = item.experiment
    var seen: Set<ProgramHandling> = []
    programs = item.plan.sweeps.flatMap(\.configurations).compactMap { configuration in
      guard case .program(let program) = configuration.configuration.body,
        seen.insert(program.handling).inserted
      else { return nil }
      return program
    }
    let cards = programs.isEmpty ? MachineCards.none : try MachineCards.find(gpus)
    slots = ProgramSlots(jobs: jobs, runs: max(1, runs), cards: cards)
  }

  /// Whether the plan has programs.
  var hasPrograms: Bool { !programs.isEmpty }

  /// Says what keeps programs from ever being started here.
  ///
  /// - Throws: exit status 2 after the errors were written to standard error.
  func check() throws {
    var problems: [Diagnostic] = []
    for program in programs {
      guard let problem = slots.problem(of: program) else { continue }
      let train = experiment.spec.root["train"]
      let mark = train?["resources"]?.mark ?? train?["command"]?.mark ?? experiment.spec.root.mark
      let found = Diagnostic(mark, problem.message, notes: [problem.hint])
      if !problems.contains(where: { $0.message == found.message }) { problems.append(found) }
    }
    if problems.isEmpty { return }
    let count = problems.count == 1 ? "1 error" : "\(problems.count) errors"
    let text = problems.map(\.description).joined(separator: "\n")
    StandardError.write(text + "\n\(count); nothing was run\n")
    throw ExitCode(2)
  }

  /// The server for programs that log to MLflow; `nil` where none does.
  ///
  /// - Parameter goesAway: whether the runs are trained on other machines.
  /// - Throws: `LabbookError` where it cannot be: `labbook-serve` is missing, or there is no store.
  func tracking(in store: RunStore?, goesAway: Bool = false) throws -> ServedTracking? {
    guard programs.contains(where: { $0.handling.metrics == .mlflow }) else { return nil }
    if goesAway {
      throw LabbookError.input(
        "'metrics: mlflow' is served beside the store, and tasks of a cluster have none",
        hint: "run it here, or let the program print its metrics")
    }
    return try ServedTracking(store)
  }

  /// What is stored with every run: how the programs are interpreted, and what git says of them.
  func surroundings() -> [String: String] {
    var values: [String: String] = [:]
    for program in programs {
      for (key, value) in Interpreter.values(of: program) {
        if values[key] == nil { values[key] = value }
      }
    }
    guard let first = programs.first else { return [:] }
    do throws(LabbookError) {
      if let tracked = try TrackedFiles.current(in: first.handling.folder) {
        values.merge(tracked.values) { _, new in new }
      }
    } catch { values[RunSurroundings.gitProblem] = error.message }
    return values
  }

  /// Says that tracked files, which are in no key, have changed since runs were made that are reused; `nil`
  /// where none have.
  ///
  /// - Parameter runs: those of programs that are reused.
  func trackedRemark(_ runs: [PlannedRun], in store: RunStore) throws -> String? {
    let runs = runs.filter { $0.files.program != nil }
    guard let first = programs.first, !runs.isEmpty else { return nil }
    let folder = first.handling.folder
    let ours = Set(
      programs.flatMap { program in program.files.map { absolute(program.path(of: $0)) } }
    )
    .union(files)
    var changed: Set<String> = []
    var count = 0
    for (values, number) in try store.environments(ofKeys: runs.map(\.key)) {
      guard let found = try TrackedFiles.changed(since: values, in: folder) else { continue }
      let others = found.filter { !ours.contains(absolute($0)) }
      if others.isEmpty { continue }
      changed.formUnion(others)
      count += number
    }
    guard count > 0 else { return nil }
    let names = changed.sorted().map { PathText($0).name }
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    let runsWords = count == 1 ? "1 run is" : "\(Quantity.count(count)) runs are"
    return
      "\(runsWords) reused although tracked files have changed since that are not in the key: "
      + names.prefix(3).map { printable($0) }.joined(separator: ", ") + more
      + " (--fresh trains anew; 'files' puts them into the key)"
  }

  /// The experiment's own files, which say what is run.
  private var files: Set<String> {
    var names: Set<String> = [experiment.spec.file]
    func visit(_ node: SpecNode) {
      names.insert(node.mark.source.name)
      for entry in node.entries ?? [] { visit(entry.value) }
    }
    visit(experiment.spec.root)
    return Set(names.map(absolute))
  }

  private func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
