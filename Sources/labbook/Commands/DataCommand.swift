import ArgumentParser
import Datasets
import Experiments
import Interchange
import Pages
import Pictures
import Results
import Runs
import Sweeps
import Terminal
import Tracking

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Show what the data of an experiment is.",
    discussion: """
      Rows of every part, classes, ranges before and after normalising, and a picture. Where the \
      experiment varies its data, every variation is shown.

      EXAMPLES:
        labbook data experiments/spiral.yaml
        labbook data experiments/spiral.yaml --format csv
        labbook data digits.yaml --columns 1-40,c100
      """)

  @Argument(help: "The experiment.") var file: String
  @Option(help: "As text, or the columns' numbers as JSON or CSV.") var format = TableFormat.table

  @Option(
    help: ArgumentHelp(
      "The columns to show: names, numbers from 1, ranges, or all. (default: all, the first of many)",
      valueName: "list"))
  var columns: String?

  func run() throws {
    let loader = ExperimentLoader()
    let plan = try loader.load([file])[0].plan
    var shown: [DataConfiguration] = []
    for run in plan.runs {
      guard let data = run.run.configuration.network?.data else { continue }
      if !shown.contains(data) { shown.append(data) }
    }
    for (index, data) in shown.enumerated() {
      if index > 0 { print() }
      do { try show(data, loader.library) } catch let error as DataError {
        throw LabbookError.input(error.text, hint: error.hint)
      }
    }
  }

  private func show(_ data: DataConfiguration, _ library: DataLibrary) throws {
    let report = try DataReport(
      name: data.source.name, try library.prepare(data), try library.summary(of: data),
      columns: columns)
    switch format {
    case .table: print(report.text(.standardOutput), terminator: "")
    case .json, .csv: StandardOutput.write(report.columnTable.text(format), format)
    }
  }
}
