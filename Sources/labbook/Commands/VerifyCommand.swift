import ArgumentParser
import Datasets
import Experiments
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runner
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

      EXAMPLES:
        labbook verify 3f2a
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"))
  var name: String

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    try computing.apply()
    let store = try store.openExisting()
    let run = try store.run(beginning: name)
    let library = DataLibrary(beside: self.store.resolvedPath)
    let stored = try store.configuration(of: run.id, in: library)
    let facts = PlanFacts(library: library)
    try stored.checkFiles { try facts.files(of: $0) }
    let configuration = stored.configuration
    let isSameKey = try facts.key(of: configuration) == run.key
    let result = try RunVerification(
      run, configuration, by: NetworkTrainer(library: library), in: store,
      threads: computing.allowance)
    guard let difference = result.difference else {
      print(
        "run \(run.id.short) is identical: \(Quantity.count(result.points)) points of "
          + "\(result.metrics) metrics, \(result.tensors) tensors, \(result.files) files")
      return
    }
    print("run \(run.id.short) differs first in \(difference)")
    if !isSameKey {
      print("its key is another now: the core's numerics have changed")
    }
    for line in try surroundings(run, store) { print(line) }
    throw ExitCode(1)
  }

  /// What computed the run then and would now, where that is not the same.
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
