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
        labbook show 3f2a --log
        labbook show 3f2a --artifact files/samples.txt
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"),
    completion: .run)
  var name: String
  @Option(help: "As text, as one JSON object, or the final and best metrics as CSV.")
  var format = TableFormat.table
  @Flag(help: "What a program has printed, as a terminal would show it.") var log = false
  @Flag(help: "With --log: go on as long as the run is trained.") var follow = false
  @Option(help: ArgumentHelp("Write this file of the run to standard output.", valueName: "name"))
  var artifact: String?
  @OptionGroup var pager: PagerOptions

  func validate() throws {
    if follow, !log { throw ValidationError("--follow goes with --log.") }
    if log, artifact != nil { throw ValidationError("--log and --artifact exclude each other.") }
  }

  func run() throws {
    let store = try store.openExisting()
    let run = try store.run(beginning: name)
    if log { return try ProgramLog(run, in: store).show(isFollowed: follow) }
    if let artifact {
      return StandardOutput.write(try store.artifact(artifact, of: run.id))
    }
    let report = try RunReport(run, in: store)
    switch format {
    case .table:
      let room = TextStyle.standardOutput.room
      pager.print(flowed(report.text(.standardOutput), within: room?.columns), in: room)
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
