import Datasets
import Experiments
import Foundation
import GnuplotBackend
import Interchange
import Languages
import Pages
import Pictures
import Results
import RunStorage
import Sweeps
import Terminal
import Tracking

/// What a notebook shows once its runs are there: tables and claims, figures, pages.
struct NotebookOutput {
  let experiment: Experiment
  let plan: RunPlan
  let store: RunStore
  let library: DataLibrary
  let plots: String
  let overrides: [String]
  /// The sweeps whose cells are spoken of; empty means all.
  ///
  /// The pages show every cell.
  var only: [String] = []
  var formats = PageFormat.allCases

  /// Prints tables and claims, draws figures, writes pages; 1 where a cell could not be made or a
  /// claim does not hold.
  func write(_ style: TextStyle) throws -> Int32 {
    let builder = try NotebookBuilder(
      experiment, plan, in: store, library: library, overrides: overrides)
    for (cell, table) in builder.tables() where isAskedFor([cell.sweep]) { show(table, style) }
    for (cell, claim) in builder.claims() where isAskedFor(cell.question.sweeps) {
      show(claim, style)
    }
    for sweep in plan.sweeps where isAskedFor([sweep.name]) {
      for advice in builder.views[sweep.name]?.outputAdvice() ?? [] { say("\n" + advice) }
    }
    let (figures, pages, status) = try files(builder)
    // Above, tables may have left the window; what is best is to be seen in the end.
    let best = plan.sweeps.filter { isAskedFor([$0.name]) }
      .compactMap { builder.views[$0.name]?.bestLine }
    if style.room != nil, !best.isEmpty { say("\n" + best.joined(separator: "\n")) }
    print("\n" + (figures + pages).joined(separator: "\n"))
    return status
  }

  /// Draws the figures and writes the pages: their paths, and 1 where something is missing.
  func files(_ builder: NotebookBuilder) throws -> ([String], [String], Int32) {
    let notebook = NotebookPictures(
      experiment, plan, in: store, library: library, writer: .telling,
      views: builder.views)
    let folder = try PlotsFolder(plots, experiment: experiment.name)
    let drawn = notebook.draw(into: folder, forPages: formats.contains(.html))
    let pictures = notebook.pagePictures(drawn)
    // What is wrong is told in the terminal's own language.
    let (english, problems) = builder.page(pictures)
    let language = experiment.language
    let page =
      language == .english ? english : builder.speaking(language).page(pictures).page
    var pages = try formats.map { try $0.write(page, into: folder) }
    if formats.contains(.html), let index = try IndexPage.write(into: plots) { pages.append(index) }
    let asked = problems.filter { isAskedFor($0.sweeps) }
    for problem in asked { StandardError.write(problem.line) }
    let figures = drawn.filter { isAskedFor($0.cell.sweeps) }.flatMap(\.paths)
    return (figures, pages, asked.isEmpty ? 0 : 1)
  }

  private func isAskedFor(_ sweeps: [String]) -> Bool {
    only.isEmpty || sweeps.allSatisfy(only.contains)
  }

  private func show(_ block: NotebookPage.TableBlock, _ style: TextStyle) {
    say("\n" + style.strong(block.title))
    if let table = block.table {
      print(
        table.text(within: style.room?.columns, otherwise: "the page has all"), terminator: "")
    }
    if let words = block.note ?? block.problem?.text { say(words) }
  }

  private func show(_ claim: NotebookPage.Claim, _ style: TextStyle) {
    say("\n" + style.strong("claim \(claim.verdict.words): ") + claim.sentence)
    for line in claim.details { say("  " + line) }
  }
}

extension CellProblem {
  /// The problem as it is written to standard error.
  var line: String {
    let lines = message.split(separator: "\n")
    return "\(place): error: \(lines.joined(separator: "\n  "))\n"
  }
}
