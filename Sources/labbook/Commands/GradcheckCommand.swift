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

struct GradcheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradcheck",
    abstract: "Check every module's and the whole graph's gradients against finite differences.",
    discussion: """
      For every network of the experiment: the dimensions of each module's two Jacobians, by its \
      state (dy/dx) and by its weights (dy/dw), and the largest difference between what backward \
      computes and central differences in double precision. Entries on a kink are skipped and \
      counted. Exit status 1 where a gradient is wrong.

      EXAMPLES:
        labbook gradcheck experiments/spiral.yaml
        labbook gradcheck first.yaml --jacobian
      """)

  @Argument(help: "The experiment.", completion: .experiment) var file: String
  @Flag(help: "Print the Jacobians of small modules, at the first row.") var jacobian = false
  @Option(help: "Rows of the batch.") var rows = 5
  @Option(help: "As text, or the numbers as JSON or CSV.") var format = TableFormat.table

  func validate() throws {
    if rows < 1 || rows > 1000 { throw ValidationError("--rows is a number from 1 to 1000") }
  }

  func run() throws {
    let loader = ExperimentLoader()
    let plan = try loader.load([file])[0].plan
    if !plan.hasNetworks { throw LabbookError.noNetworks }
    var isRight = true
    var tables: [(name: String, table: Table)] = []
    for (index, network) in try LoadedNetwork.all(plan, rows: rows, loader.library).enumerated() {
      let train = network.configuration.train
      let check = GradientCheck(
        network.graph, loss: train.loss, data: network.rows, initializer: network.initializer,
        seed: train.seed, wantsMatrices: jacobian)
      let report = GradientReport(check)
      isRight = isRight && check.isRight
      if format != .table {
        tables.append((network.title, report.table))
        continue
      }
      if index > 0 { print() }
      say(TextStyle.standardOutput.strong(network.title))
      print(
        report.table.text(
          within: StandardOutput.columns, otherwise: "--format csv has all"),
        terminator: "")
      say(report.matrices + report.verdict, terminator: "")
    }
    if format != .table {
      StandardOutput.write(Table.joined(tables, by: "network").text(format), format)
    }
    if !isRight { throw ExitCode(1) }
  }
}
