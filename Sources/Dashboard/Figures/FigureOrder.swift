import Datasets
import Experiments
import FileLanguage
import Pictures
import Results
import RunStorage
import Tracking
import Web

/// A figure as an address asks for it: `kind=KIND&sweep=EXPERIMENT/SWEEP`, `where=` and `former=1` as
/// `labbook plot KIND` has them, and beside these the keys of a plot cell.
struct FigureOrder {
  let kind: any Plot.Type
  let sweep: SweepName
  let condition: String?
  /// Whether runs that the sweep's latest plan does not hold are drawn too.
  let isFormer: Bool
  /// The keys of the cell with their values, those that are empty left out.
  let options: [(name: String, value: String)]

  private static let own: Set = ["kind", "sweep", "where", "former", "download", "token"]

  /// Reads an address.
  ///
  /// - Throws: `LabbookError` where it names no kind of figure or no sweep.
  init(_ query: WebQuery) throws(LabbookError) {
    let name = query["kind"] ?? ""
    let kinds = Plots.names.filter { Plots.kind($0)?.needs == .runs }
    guard kinds.contains(name), let kind = Plots.kind(name) else {
      let near = nearestName(to: name, among: kinds)
      throw .input(
        "kind: expected a figure of runs, found '\(name)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "there are " + kinds.joined(separator: ", "))
    }
    self.kind = kind
    sweep = try ChosenRuns.name(query["sweep"] ?? "")
    condition = query["where"].flatMap { $0.isEmpty ? nil : $0 }
    isFormer = query["former"] == "1"
    options = query.items.filter { !Self.own.contains($0.name) && !$0.value.isEmpty }
      .map { ($0.name, $0.value) }
  }

  /// The cell, and who makes its figure.
  ///
  /// - Throws: what is wrong with the keys, or with the runs.
  func cell(in store: RunStore, _ library: DataLibrary) throws -> (PlotCell, FigureMaker) {
    let view = try ChosenRuns.filtering(condition, store) { filter in
      try SweepView(sweep, in: store, former: isFormer, where: filter)
    }
    let maker = FigureMaker(view, in: store, library: library)
    return (try PlotArguments.cell(kind, options, of: maker.subject), maker)
  }
}
