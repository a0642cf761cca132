public import Datasets
public import Experiments
public import Figures
import Foundation
public import Results
public import RunStorage
package import Tracking

/// Makes the figures of a sweep from what the store holds.
public struct FigureMaker {
  /// The sweep that is drawn.
  public let sweep: SweepView
  package let store: RunStore
  package let library: DataLibrary

  /// Makes figures of a sweep.
  ///
  /// - Parameters:
  ///   - sweep: the sweep with its stored runs.
  ///   - store: where curves and weights are read.
  ///   - library: where the data of boundaries and fits comes from.
  public init(_ sweep: SweepView, in store: RunStore, library: DataLibrary) {
    self.sweep = sweep
    self.store = store
    self.library = library
  }

  /// The figure that a cell asks for.
  ///
  /// - Throws: `LabbookError` where the store has nothing to draw it from.
  public func figure(_ cell: PlotCell) throws -> Figure {
    let needsRuns = type(of: cell.plot).needs == .runs
    guard !needsRuns || !sweep.runs.isEmpty else {
      throw LabbookError.failure(
        "the sweep '\(sweep.name)' has no runs in \(store.path) yet",
        hint: "`labbook run FILE` trains them")
    }
    var figure = try Plots.kinds.picture(cell).draw(cell, by: self)
    if needsRuns, let note = unfinishedNote { figure.notes.append(note) }
    return figure
  }

  /// The figure of a cell that speaks of no sweep.
  public static func figure(ofNothing cell: PlotCell) throws -> Figure {
    try Plots.kinds.picture(cell).draw(cell, by: nil)
  }

  /// Says how many runs have no result yet.
  private var unfinishedNote: String? {
    let missing = sweep.missing
    guard missing > 0 else { return nil }
    let failed = sweep.runs.count { $0.status == .failed }
    return
      "\(missing) of \(sweep.planned) run\(sweep.planned == 1 ? " has" : "s have") no result yet"
      + (failed > 0 ? ", \(failed) of them failed." : ".")
  }

  /// What stands above a figure: the cell's title, or the sweep with a few words.
  package func title(_ cell: PlotCell, _ words: String) -> String {
    cell.title ?? (cell.sweep == nil ? words : "\(sweep.name): \(words)")
  }

  /// The error where no run has a point of any of the metrics.
  package func noValues(_ metrics: [Metric]) throws -> LabbookError {
    let known = try store.metrics(of: sweep.runs.map(\.id)).map(\.name)
    let near = metrics.compactMap { nearestName(to: $0.name, among: known) }.first
    return .failure(
      "no run of the sweep '\(sweep.name)' has values of "
        + metrics.map(\.name).joined(separator: ", "),
      hint: near.map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? "" : "there are \(known.joined(separator: ", "))"))
  }
}
