import Experiments
import Foundation
import GnuplotBackend
import Reports
import RunStorage
import Runner
import Sweeps
import Terminal
import Tracking

/// One experiment on its way through: trains its runs, then prints and draws its cells.
struct NotebookRun {
  private let experiment: Experiment
  private let plan: RunPlan
  private let store: RunStore
  private let loader: ExperimentLoader
  private let only: [String]
  private let plots: String
  private let options: SweepRunner.Options

  init(
    _ loaded: LoadedExperiment, store: RunStore, loader: ExperimentLoader, only: [String],
    plots: String, options: SweepRunner.Options
  ) {
    experiment = loaded.experiment
    plan = loaded.plan
    self.store = store
    self.loader = loader
    let names = Set(plan.sweeps.map(\.name))
    self.only = only.filter(names.contains)
    self.plots = plots
    self.options = options
    isLeftOut = !only.isEmpty && self.only.isEmpty
  }

  private let isLeftOut: Bool

  /// Trains and draws; the exit status.
  func run() throws -> Int32 {
    if isLeftOut { return 0 }
    let style = TextStyle.standardOutput
    let title = experiment.title.map { ": " + printable($0) } ?? ""
    print(style.strong(printable(experiment.name)) + title)
    let jobs = try SweepJobs.of(
      plan, library: loader.library, facts: PlanFacts(library: loader.library), only: only)
    let report = try SweepRunner(store, options).run(
      jobs, experiment: experiment.name, title: experiment.title,
      printer: ProgressPrinter(environment: ProcessInfo.processInfo.environment))
    if report.trained == 0, report.total > 0 {
      let runs = report.total == 1 ? "the run is" : "all \(Quantity.count(report.total)) runs are"
      print("\(runs) in \(store.path) already")
    }
    for failure in report.failures {
      StandardError.write("failed: \(printable(failure.label)): \(failure.message)\n")
    }
    if report.exitStatus == 130 { return 130 }
    return max(report.exitStatus, try cells(style))
  }

  /// Prints the tables and draws the figures of the cells; 1 where one of them could not be made.
  private func cells(_ style: TextStyle) throws -> Int32 {
    for cell in experiment.cells {
      if case .table(let cell) = cell, isAskedFor(cell.sweep) { try show(cell, style) }
    }
    let notebook = NotebookPictures(experiment, plan, in: store, library: loader.library)
    let pictures = notebook.draw(into: plots, sweeps: only)
    let paths = pictures.flatMap(\.paths)
    if !paths.isEmpty { print("\n" + paths.map(printable).joined(separator: "\n")) }
    let problems = pictures.compactMap { picture in picture.problem.map { (picture.cell, $0) } }
    for (cell, problem) in problems {
      StandardError.write("\(cell.mark.place): error: \(problem)\n")
    }
    return problems.isEmpty ? 0 : 1
  }

  private func isAskedFor(_ sweep: String) -> Bool { only.isEmpty || only.contains(sweep) }

  private func show(_ cell: TableCell, _ style: TextStyle) throws {
    guard let sweep = plan[cell.sweep] else { return }
    let results = try SweepResults(sweep, in: store)
    let metric = cell.metric ?? results.objective.metric
    print("\n" + style.strong(printable(cell.title ?? "\(cell.sweep): best by \(metric)")))
    print(results.bestTable(cell).text(.table), terminator: "")
  }
}
