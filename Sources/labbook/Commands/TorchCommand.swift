import ArgumentParser
import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import Runs
import Sweeps
import Tracking

struct TorchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "torch",
    abstract: "Print an experiment's network and training loop as a PyTorch program.",
    discussion: """
      The program reads or draws the same data, makes the same network and trains it the same way; it \
      prints the metrics of every epoch as CSV. Random numbers are NumPy's and PyTorch's own. --start \
      writes Labbook's own rows and first weights beside it: with them, and without shuffling and \
      dropout, the program's numbers are Labbook's up to rounding.

      Of a sweep the first run is written, of the model that --model names.

      EXAMPLES:
        labbook torch spiral.yaml > spiral.py
        labbook torch spiral.yaml --model 'hidden layer' --set train.lr=0.01
        labbook torch spiral.yaml --start start > spiral.py
        python spiral.py --data start/data.safetensors --init start/weights.safetensors
      """)

  @Argument(help: "The experiment.", completion: .experiment) var file: String
  @Option(help: "The model to write, where the file has several.") var model: String?
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
    let loader = ExperimentLoader()
    let runs = try loader.load([file], overrides: overrides)[0].plan.runs.map(\.run.configuration)
    let run = try chosen(runs)
    let program = try TorchProgram(
      run.network(for: "a PyTorch program"), objective: run.objective, library: loader.library)
    if let start { try write(try program.start(), to: start) }
    print(program.text, terminator: "")
  }

  private func chosen(_ runs: [RunConfiguration]) throws -> RunConfiguration {
    let names = runs.map(\.modelName)
    guard let found = runs.first(where: { model == nil || $0.modelName == model }) else {
      let near = nearestName(to: model ?? "", among: Set(names).sorted())
      throw LabbookError.input(
        "no run of \(file) uses a model '\(model ?? "")'",
        hint: near.map { "Did you mean '\($0)'?" } ?? "")
    }
    return found
  }

  private func write(_ files: (data: Data, weights: Data), to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw LabbookError.failure("\(folder) cannot be made: \(fileReason(error))") }
    try OutputFile.write(files.data, to: folder + "/data.safetensors")
    try OutputFile.write(files.weights, to: folder + "/weights.safetensors")
  }
}
