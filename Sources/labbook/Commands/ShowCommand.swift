import ArgumentParser
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Terminal

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one run: configuration, metrics, curves, environment, artifacts.",
    discussion: """
      EXAMPLES:
        labbook show 3f2a
        labbook show 3f2a --format json
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"))
  var name: String
  @Option(help: "As text, as one JSON object, or the final and best metrics as CSV.")
  var format = TableFormat.table

  func run() throws {
    let store = try store.openExisting()
    let report = try RunReport(try store.run(beginning: name), in: store)
    switch format {
    case .table: print(report.text(.standardOutput), terminator: "")
    case .json: StandardOutput.write(report.json, .json)
    case .csv: StandardOutput.write(report.metricTable.text(.csv), .csv)
    }
  }
}

extension TextStyle {
  /// The style for results.
  static var standardOutput: TextStyle {
    .of(descriptor: STDOUT_FILENO, environment: ProcessInfo.processInfo.environment)
  }
}
