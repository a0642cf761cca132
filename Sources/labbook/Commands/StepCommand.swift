import ArgumentParser
import Experiments
import Interchange
import NeuralNet
import Pages
import Pictures
import Results
import Runs
import Sweeps
import Terminal
import Tracking

struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Walk through updates of a network in numbers.",
    discussion: """
      The first updates of the experiment's first network (or of --model) on a few rows of its \
      training part: values forward with the dimensions of each layer's Jacobians, targets, \
      probabilities and each row's loss, gradients backward, and what clipping, weight decay, L1, \
      the optimizer and the schedule's rate make of them: terms that add up. Of large matrices the \
      corner is shown; JSON has all numbers.

      EXAMPLES:
        labbook step first.yaml
        labbook step first.yaml --model "hidden layer" --rows 3,7
        labbook step first.yaml --rows 1 --steps 3 --format json
      """)

  @Argument(help: "The experiment.", completion: .experiment) var file: String
  @Option(help: "The network. (default: that of the first run)") var model: String?
  @Option(
    help: ArgumentHelp(
      "Rows of the training part, from 1, such as 3,7. (default: two from its middle)",
      valueName: "numbers"))
  var rows: String?
  @Option(help: "How many updates, all of them on these rows.") var steps = 1
  @Option(help: "As text, or every number as JSON.") var format = StepFormat.text

  enum StepFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if !(1...1000).contains(steps) { throw ValidationError("--steps is a number from 1 to 1000") }
    _ = try numbers()
  }

  /// The rows that are named; `nil` where none are.
  private func numbers() throws -> [Int]? {
    guard let rows else { return nil }
    let words = rows.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0.filter { !$0.isWhitespace }) }
    guard numbers.count == words.count, numbers.count <= 1000 else {
      throw ValidationError("--rows takes numbers of rows with commas between, such as 3,7")
    }
    return numbers
  }

  func run() throws {
    let loader = ExperimentLoader()
    let plan = try loader.load([file])[0].plan
    let networks = plan.runs.compactMap(\.run.configuration.network)
    guard let first = networks.first else {
      throw LabbookError.noNetworks
    }
    let names = networks.map(\.modelName)
    guard let network = model.map({ name in networks.first { $0.modelName == name } }) ?? first
    else {
      let near = nearestName(to: model ?? "", among: names)
      var known: [String] = []
      for name in names where !known.contains(name) { known.append(name) }
      throw LabbookError.input(
        "no run has the model '\(model ?? "")'",
        hint: near.map { "Did you mean '\($0)'?" }
          ?? "The models are " + known.map { "'\($0)'" }.joined(separator: ", ") + ".")
    }
    let report = StepReport(
      try StepWalk(network, rows: try numbers(), updates: steps, loader.library))
    switch format {
    case .text: say(report.text(.standardOutput), terminator: "")
    case .json: StandardOutput.write(report.json.written + "\n", .json)
    }
  }
}
