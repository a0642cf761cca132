import ArgumentParser
import RunStorage
import Tracking

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Write the trained parameters of a run as safetensors.",
    discussion: """
      torch.nn.Sequential(...).load_state_dict takes the names in the file.

      EXAMPLES:
        labbook weights 3f2a --out spiral.safetensors
        labbook weights 3f2a --out best.safetensors --best
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"),
    completion: .run)
  var name: String
  @Option(
    name: .customLong("out"), help: ArgumentHelp("The file to write.", valueName: "file"),
    completion: .file())
  var output: String
  @Flag(help: "Those of the epoch that the objective chose, instead of the last.") var best = false

  func run() throws {
    let store = try store.openExisting()
    let run = try store.run(beginning: name)
    let artifact = best ? "best.safetensors" : "weights.safetensors"
    try run.checkIsOwn(for: "`weights`")
    if run.isProgram {
      throw LabbookError.input("run \(run.id.short) is a program's, and has no weights")
    }
    guard try store.artifacts(of: run.id).contains(where: { $0.name == artifact }) else {
      throw LabbookError.input(
        "Run \(run.id.short) is \(run.status.rawValue) and has no weights.",
        hint: "Weights are kept when a run ends.")
    }
    let data = try store.artifact(artifact, of: run.id)
    try OutputFile.write(data, to: output)
    StandardOutput.tell(output)
  }
}
