public import ArgumentParser
import Experiments
import Foundation
public import Pages
import RunStorage
import Sweeps
import Tracking

extension PageFormat: ExpressibleByArgument {}

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the notebook of an experiment as a page, without training.",
    discussion: """
      Draws the figures and writes plots/<experiment>/index.html (one file with the pictures inside), \
      index.md and index.ipynb (for Jupyter). A cell whose runs are missing says so in its place, and \
      the exit status is 1, as it is where a claim does not hold.

      EXAMPLES:
        labbook report spiral.yaml
        labbook report spiral.yaml --format html
        labbook report spiral.yaml --format md --plots pages
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The experiment.") var file: String
  @Option(help: "The page's format. (default: all three)") var format: [PageFormat] = []
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"))
  var overrides: [String] = []
  @Option(help: ArgumentHelp("Where figures and pages go.", valueName: "dir")) var plots = "plots"

  func run() throws {
    let loader = ExperimentLoader()
    guard let loaded = try loader.load([file], overrides: overrides).first else { return }
    let store = try store.openExisting()
    defer { store.close() }
    try loaded.grow(from: store)
    let output = NotebookOutput(
      experiment: loaded.experiment, plan: loaded.plan, store: store, library: loader.library,
      plots: plots, overrides: overrides, formats: format.isEmpty ? PageFormat.allCases : format)
    let builder = try NotebookBuilder(
      loaded.experiment, loaded.plan, in: store, library: loader.library, overrides: overrides)
    let (_, pages, status) = try output.files(builder)
    for page in pages { print(page) }
    if status != 0 { throw ExitCode(status) }
  }
}
