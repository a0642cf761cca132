public import Datasets
public import Experiments
public import Figures
import Foundation
public import Languages
public import Results
public import RunStorage
public import Tracking

/// Makes the figures of a sweep from what the store holds.
public struct FigureMaker {
  /// The sweep that is drawn.
  public let sweep: SweepView
  package let store: RunStore
  package let library: DataLibrary
  /// The sweeps of the same notebook in their order, this one among them.
  package let peers: [SweepView]

  /// In which figures speak: the sweep's.
  package var language: Language { sweep.language }

  /// Makes figures of a sweep.
  ///
  /// - Parameters:
  ///   - sweep: the sweep with its stored runs.
  ///   - store: where curves and weights are read.
  ///   - library: where the data of boundaries and fits comes from.
  ///   - peers: the sweeps of the same notebook in their order, so that a name has one look in all of
  ///     its figures; none for a sweep alone.
  public init(
    _ sweep: SweepView, in store: RunStore, library: DataLibrary, peers: [SweepView] = []
  ) {
    self.peers = peers.isEmpty ? [sweep] : peers
    self.sweep = sweep
    self.store = store
    self.library = library
  }

  /// The figure that a cell asks for.
  ///
  /// - Throws: `LabbookError` where the store has nothing to draw it from.
  public func figure(_ cell: PlotCell) throws -> Figure {
    try figures(cell, [cell.theme])[0]
  }

  /// The same figure in several themes; what it shows is made once.
  public func figures(_ cell: PlotCell, _ themes: [PictureTheme]) throws -> [Figure] {
    let needsRuns = type(of: cell.plot).needs == .runs
    guard !needsRuns || !sweep.runs.isEmpty else {
      throw LabbookError.failure(
        "the sweep '\(sweep.name)' has no runs in \(store.path) yet",
        hint: "`labbook run FILE` trains them")
    }
    let picture = try Plots.kinds.picture(cell)
    let kind = type(of: picture)
    let (maker, left) = try limited(
      cell, most: cell.look.isNarrow ? kind.mostNarrowGroups : kind.mostGroups)
    let painting = try picture.draw(cell, by: maker)
    let notes = left + [needsRuns ? unfinishedNote : nil].compactMap { $0 }
    return try themes.map { theme in
      try Self.adjusted(painting(Style(theme, language)).noted(notes), cell)
    }
  }

  /// The figure of a cell that speaks of no sweep, in several themes.
  public static func figures(
    ofNothing cell: PlotCell, _ themes: [PictureTheme], _ language: Language = .english
  ) throws -> [Figure] {
    let painting = try Plots.kinds.picture(cell).draw(cell, by: nil)
    return try themes.map { try adjusted(painting(Style($0, language)), cell) }
  }

  /// What a cell says of every kind of figure.
  private static func adjusted(_ figure: Figure, _ cell: PlotCell) throws(LabbookError) -> Figure {
    let look = cell.look
    var wishes = FigureWishes()
    wishes.size = FigureSize(
      width: look.width, height: look.height, fontSize: look.fontSize,
      dotsPerInch: look.dotsPerInch)
    wishes.xRange = look.xRange
    wishes.yRange = look.yRange
    wishes.xLabel = look.xLabel
    wishes.yLabel = look.yLabel
    wishes.hasNoLegend = look.hasNoLegend
    wishes.hasNoTitle = look.hasNoTitle
    do throws(FigureProblem) { return try figure.localized.adjusted(wishes) } catch {
      throw .input(error.message, hint: "write log: none, or another range")
    }
  }

  /// Says how many runs have no result yet.
  private var unfinishedNote: String? {
    let missing = sweep.missing
    guard missing > 0 else { return nil }
    let failed = sweep.runs.count { $0.status == .failed }
    return failed > 0
      ? language(.withoutResultFailed, missing, sweep.planned, failed)
      : language(.withoutResult, missing, sweep.planned)
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
