import ArgumentParser
import Experiments
import NeuralNet
import Interchange
import Pages
import Pictures
import Results
import Runs
import Terminal
import Tracking

struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Walk through one update of a small network in numbers.",
    discussion: """
      Values forward, gradients backward, the dimensions beside each, the weights before and after: \
      the first update of the experiment's first network, on a few rows of its training data. Of \
      large matrices the corner is shown.

      EXAMPLES:
        labbook step first.yaml
        labbook step first.yaml --rows 1
      """)

  @Argument(help: "The experiment.") var file: String
  @Option(help: "Rows of the batch.") var rows = 2

  func validate() throws {
    if rows < 1 || rows > 100 { throw ValidationError("--rows is a number from 1 to 100") }
  }

  func run() throws {
    let loader = ExperimentLoader()
    let plan = try loader.load([file])[0].plan
    guard let network = try LoadedNetwork.all(plan, rows: rows, loader.library).first else {
      throw LabbookError.input("the experiment has no runs")
    }
    let train = network.configuration.train
    guard let loss = train.loss, network.graph.parameterCount > 0 else {
      throw LabbookError.input("\(file) trains nothing", hint: "a step needs a loss and parameters")
    }
    let program = NetworkProgram<Double>(
      NetworkPlan(
        graph: network.graph, loss: loss, optimizer: train.optimizer,
        weightDecay: train.weightDecay, l1: train.l1, clipNorm: train.clipNorm, isTraced: true,
        batchRows: network.rows.rows, seed: train.seed))
    program.initialize(network.initializer, seed: train.seed)
    program.bind(network.rows)
    let step = program.traceStep(0..<network.rows.rows, rate: train.learningRate)
    print(TextStyle.standardOutput.strong(network.title + ", " + train.optimizer.name))
    print(StepReport(step).text(.standardOutput), terminator: "")
  }
}
