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
import Sweeps
import Tracking

struct TorchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "torch",
    abstract: "Print a network and its training loop as a PyTorch program.",
    discussion: """
      The program reads or draws the same data, makes the same network and trains it the same way; it \
      prints the metrics of every epoch as CSV. Random numbers are NumPy's and PyTorch's own. --start \
      writes Labbook's own rows and first weights beside it: with them, and without shuffling and \
      dropout, the program's numbers are Labbook's up to rounding.

      Of a file the first run is written, or that of the model, the variant, the sweep or the exercise \
      that is named; of a run in the store that run itself, with its own seed and everything it was trained \
      with.

      EXAMPLES:
        labbook torch spiral.yaml > spiral.py
        labbook torch spiral.yaml --model 'hidden layer' --set train.lr=0.01
        labbook torch tricks.yaml --variant sigmoid
        labbook torch spiral.yaml --exercise 'heavy ball'
        labbook torch 3f2a > run.py
        labbook torch spiral.yaml --start start > spiral.py
        python spiral.py --data start/data.safetensors --init start/weights.safetensors
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp(
      "The experiment, or any unambiguous beginning of a run's id.", valueName: "file|run"),
    completion: .experiment)
  var file: String
  @Option(help: "The model to write, where the file has several.") var model: String?
  @Option(help: "The variant to write, where a sweep has several.") var variant: String?
  @Option(help: "The sweep whose run is written, where the file has several.") var sweep: String?
  @Option(help: "The exercise whose sweep's run is written.") var exercise: String?
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"),
    completion: .key)
  var overrides: [String] = []
  @Option(
    help: ArgumentHelp(
      "A folder for Labbook's own rows and first weights.", valueName: "dir"))
  var start: String?

  func run() throws {
    let (run, library) = isRun ? try stored() : try planned()
    let program = try TorchProgram(
      run.network(for: "a PyTorch program"), objective: run.objective, library: library)
    if let start { try write(try program.start(), to: start) }
    print(program.text, terminator: "")
  }

  /// Whether a run is meant: the beginning of an id, where no file has that name.
  private var isRun: Bool {
    (4...32).contains(file.count) && file.allSatisfy { $0.isASCII && $0.isHexDigit }
      && !FileManager.default.fileExists(atPath: file)
  }

  // MARK: A run of the store

  private func stored() throws -> (RunConfiguration, DataLibrary) {
    let asked = [
      ("--model", model), ("--variant", variant), ("--sweep", sweep), ("--exercise", exercise),
      ("--set", overrides.first),
    ]
    if let (option, _) = asked.first(where: { $0.1 != nil }) {
      throw LabbookError.input(
        "\(file) is one run, and \(option) chooses or changes those of a file",
        hint: "name the experiment's file, or leave \(option) out")
    }
    let store = try store.openExisting()
    defer { store.close() }
    let run = try store.run(beginning: file)
    let library = DataLibrary(beside: self.store.resolvedPath)
    try run.checkIsOwn(for: "`torch`")
    let found = try store.configuration(of: run.id, in: library)
    try found.checkFiles { try PlanFacts(library: library).files(of: $0) }
    return (found.configuration, library)
  }

  // MARK: A run of a file

  private func planned() throws -> (RunConfiguration, DataLibrary) {
    let loader = ExperimentLoader()
    let loaded = try loader.load([file], overrides: overrides)[0]
    let plan = loaded.plan
    let exercises = loaded.experiment.exercises.compactMap { exercise in
      exercise.sweep.map { (name: exercise.id, own: $0) }
    }
    let own = try asked(exercise, "exercise with runs", exercises, orAll: []).first
    let sweeps = try asked(sweep ?? own, "sweep", plan.sweeps.map { (name: $0.name, own: $0) })
    let points = sweeps.flatMap(\.points)
    let models = try asked(
      model, "model", points.map { (name: $0.configuration.configuration.modelName, own: $0) })
    let variants = try asked(
      variant, "variant", models.compactMap { one in one.point.variant.map { ($0, one) } },
      orAll: models)
    guard let run = variants.first?.configuration.runs.first?.configuration else {
      throw LabbookError.input("\(file) has no run whose values are known yet")
    }
    return (run, loader.library)
  }

  /// Those of a name that an option asks for; all where nobody asks.
  private func asked<Own>(
    _ name: String?, _ what: String, _ all: [(name: String, own: Own)], orAll: [Own]? = nil
  ) throws -> [Own] {
    guard let name else { return orAll ?? all.map(\.own) }
    let found = all.filter { $0.name == name }.map(\.own)
    guard found.isEmpty else { return found }
    let near = nearestName(to: name, among: Set(all.map(\.name)).sorted())
    throw LabbookError.input(
      "no run of \(file) has the \(what) '\(name)'",
      hint: near.map { "Did you mean '\($0)'?" } ?? "")
  }

  private func write(_ files: (data: Data, weights: Data), to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw LabbookError.failure("\(folder) cannot be made: \(fileReason(error))") }
    try OutputFile.write(files.data, to: folder + "/data.safetensors")
    try OutputFile.write(files.weights, to: folder + "/weights.safetensors")
  }
}
