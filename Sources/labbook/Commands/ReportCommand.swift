import ArgumentParser
import Experiments
import Foundation
import Pages
import RunStorage
import Sweeps
import Terminal
import Tracking

/// What `labbook report` writes: pages, or the results for programs.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case html, md, ipynb, json

  /// The page's format; `nil` for JSON, which is printed.
  var page: PageFormat? { PageFormat(rawValue: rawValue) }
}

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the notebook of an experiment as a page, without training.",
    discussion: """
      Draws the figures and writes plots/<experiment>/index.html (one file with the pictures inside), \
      index.md and index.ipynb (for Jupyter). A cell whose runs are missing says so in its place, and \
      the exit status is 1, as it is where a claim is not held or undecided. --format json draws and \
      writes nothing: it prints every claim with its verdict, values and intervals, and what the \
      other cells show. The answers of exercises are shown by --answers alone.

      EXAMPLES:
        labbook report spiral.yaml
        labbook report spiral.yaml --format html
        labbook report spiral.yaml --format md --plots pages
        labbook report spiral.yaml --format json
        labbook report spiral.yaml --answers --plots answers
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The experiment.", completion: .experiment) var file: String
  @Option(help: "The page's format, or json for programs. (default: all three pages)")
  var format: [ReportFormat] = []
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"),
    completion: .key)
  var overrides: [String] = []
  @Flag(help: "Show the answers of exercises.") var answers = false
  @Option(
    help: ArgumentHelp("Where figures and pages go.", valueName: "dir"), completion: .directory)
  var plots = "plots"

  func validate() throws {
    if format.contains(.json), format.count > 1 {
      throw ValidationError("--format json is printed and goes with no page.")
    }
  }

  func run() throws {
    let loader = ExperimentLoader(beside: store.resolvedPath)
    guard let loaded = try loader.load([file], overrides: overrides).first else { return }
    let store = try store.openExisting()
    defer { store.close() }
    try loaded.grow(from: store)
    let builder = try NotebookBuilder(
      loaded.experiment, loaded.plan, in: store, library: loader.library, overrides: overrides,
      showsAnswers: answers)
    if format == [.json] { return try printJSON(builder) }
    let formats = format.compactMap(\.page)
    let output = NotebookOutput(
      experiment: loaded.experiment, plan: loaded.plan, store: store, library: loader.library,
      plots: plots, overrides: overrides, formats: formats.isEmpty ? PageFormat.allCases : formats)
    let (_, pages, status) = try output.files(builder)
    for page in pages { print(page) }
    if status != 0 { throw ExitCode(status) }
  }

  private func printJSON(_ builder: NotebookBuilder) throws {
    let (page, problems) = builder.page([])
    StandardOutput.write(NotebookJSON(page).value.written + "\n", .json)
    for problem in problems { StandardError.write(problem.line) }
    if !problems.isEmpty { throw ExitCode(1) }
  }
}
