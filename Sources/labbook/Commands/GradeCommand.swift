import ArgumentParser
import Datasets
import Experiments
import FileLanguage
import Foundation
import Languages
import Results
import RunStorage
import Runner
import Terminal
import Tracking

struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Grade hand-ins for the exercises of a notebook.",
    discussion: """
      A hand-in is a YAML file with what the notebook's 'open' names and with 'answers'. Each is checked, \
      the runs that it asks for and the store does not have are trained, and its exercises are judged: a \
      row a hand-in, a column an exercise. What is wrong with one hand-in is said at its lines and stops \
      none of the others. One that would train for longer than --limit is not run. Exit status: 0 where \
      all exercises of all hand-ins are right, 1 where one is not, 2 where a hand-in or the notebook is \
      wrong.

      EXAMPLES:
        labbook grade experiments/spiral.yaml ada.yaml
        labbook grade experiments/spiral.yaml handins/*.yaml --limit 2m
        labbook grade experiments/spiral.yaml handins/*.yaml --format json
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The notebook with the exercises.", completion: .experiment) var teacher: String
  @Argument(
    help: ArgumentHelp("The hand-ins.", valueName: "handin"), completion: .experiment)
  var handIns: [String]
  @Option(
    help: ArgumentHelp(
      "The longest that the runs of one hand-in may be predicted to take: 60s, 2m, 1h, or none.",
      valueName: "time"))
  var limit = TimeLimit(seconds: 60)
  @Option(help: "Runs trained at the same time; results do not depend on it. (default: all cores)")
  var jobs: Int?
  @OptionGroup var computing: ComputingOptions
  @Option(help: "As a table, or as JSON or CSV.") var format = TableFormat.table

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be from 1 to 1024.")
    }
  }

  func run() throws {
    try computing.apply()
    if let twice = handIns.first(where: { path in handIns.count { $0 == path } > 1 }) {
      throw LabbookError.input("\(twice) is named twice", hint: "name each hand-in once")
    }
    let loader = ExperimentLoader(beside: store.resolvedPath)
    guard let loaded = try loader.load([teacher]).first else { return }
    guard !loaded.experiment.exercises.isEmpty else {
      throw LabbookError.input(
        "\(teacher) has no exercises", hint: "an exercise is a cell: - {exercise: QUESTION, ...}")
    }
    let store = try store.openOrCreate()
    defer { store.close() }
    loader.library.keepDecoded()
    try loaded.grow(from: store)
    var options = SweepRunner.Options()
    options.environment = RunSurroundings.current(version: labbookVersion)
    options.environment["threads"] = computing.threads.word
    let grading = Grading(
      teacher: loaded, loader: loader, store: store,
      cores: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      threadsEach: computing.threads.count, limitSeconds: limit.seconds, options: options)
    let (report, status) = try grading.grade(handIns)
    if status != 0 { throw ExitCode(status) }
    for grade in report.grades {
      if case .refused(let errors) = grade.state { StandardError.write("\(errors)\n") }
    }
    switch format {
    case .json: StandardOutput.write(report.json.written + "\n", .json)
    case .csv: StandardOutput.write(report.table.text(.csv), .csv)
    case .table:
      print(
        report.table.text(
          within: StandardOutput.columns, otherwise: "--format csv has all"),
        terminator: "")
      let remarks = report.remarks
      if !remarks.isEmpty { say("\n" + remarks.joined(separator: "\n")) }
    }
    if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
  }
}

/// A time as it is typed: `60s`, `2m`, `1.5h`, or `none`.
struct TimeLimit: ExpressibleByArgument {
  /// The time; infinite for none.
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    if argument == "none" {
      seconds = .infinity
    } else if let found = TimeText.seconds(argument) {
      seconds = found
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "60s" }
}
