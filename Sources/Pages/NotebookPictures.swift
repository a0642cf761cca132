public import Datasets
public import Experiments
public import Figures
public import GnuplotBackend
import Languages
import Machine
import Pictures
public import Results
public import RunStorage
public import Sweeps
import Synchronization
public import Tracking

/// One figure of a notebook, drawn or not.
public struct NotebookPicture: Sendable {
  /// The cell that asked for it.
  public let cell: PlotCell
  /// The files that were written, one a format.
  public let paths: [String]
  /// The same drawing in dark colours, for pages; `nil` where it has colours of its own.
  var nightPath: String?
  /// Why there is none, for people.
  public let problem: LabbookError?
}

/// Draws the figures of an experiment's notebook into its folder.
public struct NotebookPictures: Sendable {
  private let plan: RunPlan
  private let stored: [StoredSweep]
  private let cells: [PlotCell]
  private let store: RunStore
  private let library: DataLibrary
  private let writer: FigureWriter
  private let views: [String: SweepView]
  private let language: Language
  /// The planned sweeps, by which names have one look in all figures.
  private let peers: [SweepView]

  /// Makes the pictures of an experiment.
  ///
  /// - Parameters:
  ///   - experiment: its cells say what is drawn.
  ///   - plan: its sweeps say of which runs.
  ///   - store: what was measured.
  ///   - library: where the data of boundaries and fits comes from.
  ///   - writer: draws them.
  ///   - views: the sweeps as they were read already; others are read when they are drawn.
  public init(
    _ experiment: Experiment, _ plan: RunPlan, in store: RunStore, library: DataLibrary,
    writer: FigureWriter = FigureWriter(), views: [String: SweepView] = [:]
  ) {
    language = experiment.language
    self.views = views.mapValues { [language] in $0.speaking(language) }
    peers = plan.sweeps.map { [language] in SweepView($0, []).speaking(language) }
    self.plan = plan
    stored = experiment.stored
    self.store = store
    self.library = library
    self.writer = writer
    cells = experiment.cells.compactMap { if case .plot(let cell) = $0 { cell } else { nil } }
  }

  /// Draws every figure, or those of some sweeps, into the experiment's folder.
  ///
  /// What keeps one figure from being drawn is said in its place; the others are drawn, several at a
  /// time. A picture whose drawing has not changed stays as it is.
  ///
  /// - Parameter forPages: whether each is drawn in dark colours too, into a hidden file beside it.
  public func draw(
    into folder: PlotsFolder, sweeps: [String] = [], keepsScript: Bool = false,
    forPages: Bool = false
  ) -> [NotebookPicture] {
    let cells = selected(sweeps)
    let drawn = Mutex([Int: NotebookPicture]())
    let record = PictureRecord(folder: folder.path)
    Parallel.forEach(cells.count) { index in
      let cell = cells[index]
      let night = forPages && cell.look.theme == nil
      let picture = draw(cell, into: folder, record, keepsScript: keepsScript, night: night)
      drawn.withLock { $0[index] = picture }
    }
    record.save()
    return drawn.withLock { pictures in cells.indices.compactMap { pictures[$0] } }
  }

  private func draw(
    _ cell: PlotCell, into folder: PlotsFolder, _ record: PictureRecord, keepsScript: Bool,
    night: Bool
  ) -> NotebookPicture {
    do {
      let paths = try folder.pictures(of: cell)
      let figures = try figures(cell, [cell.theme] + (night ? [.dark] : []))
      try write(figures[0], paths, record, keepsScript: keepsScript)
      var picture = NotebookPicture(cell: cell, paths: paths, problem: nil)
      if night, let figure = figures.last {
        let path = try folder.night(of: cell)
        try write(figure, [path], record, keepsScript: false)
        picture.nightPath = path
      }
      return picture
    } catch {
      return NotebookPicture(cell: cell, paths: [], problem: NotebookPictures.problem(error))
    }
  }

  /// Draws a figure into the files that do not show it yet.
  private func write(
    _ figure: Figure, _ paths: [String], _ record: PictureRecord, keepsScript: Bool
  ) throws {
    let drawing = writer.fingerprint(of: figure)
    let stale = paths.filter { keepsScript || !record.has($0, drawing) }
    if !stale.isEmpty { try writer.write(figure, to: stale, .own, keepsScript: keepsScript) }
    record.add(paths, drawing)
  }

  /// One figure as SVG, which is not kept.
  func svg(_ cell: PlotCell) throws -> String {
    try writer.svg(try figures(cell, [cell.theme])[0])
  }

  /// The figures themselves, in the order of the notebook, for a terminal.
  public func figures(sweeps: [String] = []) -> [(
    cell: PlotCell, figure: Result<Figure, LabbookError>
  )] {
    selected(sweeps).map { cell in
      do { return (cell, .success(try figures(cell, [cell.theme])[0])) } catch {
        return (cell, .failure(NotebookPictures.problem(error)))
      }
    }
  }

  /// The figure of one cell in several themes.
  ///
  /// - Throws: `LabbookError` where the store has nothing to draw it from.
  public func figures(of cell: PlotCell, in themes: [PictureTheme]) throws -> [Figure] {
    do { return try figures(cell, themes) } catch { throw Self.problem(error) }
  }

  /// The figure cells of the notebook, in order.
  public var plots: [PlotCell] { cells }

  private func selected(_ sweeps: [String]) -> [PlotCell] {
    cells.filter { sweeps.isEmpty || $0.sweeps.contains(where: sweeps.contains) }
  }

  private func figures(_ cell: PlotCell, _ themes: [PictureTheme]) throws -> [Figure] {
    guard let name = cell.sweep else {
      return try FigureMaker.figures(ofNothing: cell, themes, language)
    }
    let view = try view(name)
    return try FigureMaker(view, in: store, library: library, peers: peers).figures(cell, themes)
  }

  private func view(_ name: String) throws -> SweepView {
    if let stored = stored.first(where: { $0.name == name }) {
      // Of runs that are not there the store says why.
      if let view = views[name], !view.runs.isEmpty { return view }
      return try SweepView(stored, in: store).speaking(language)
    }
    if let view = views[name] { return view }
    guard let sweep = plan[name] else {
      throw LabbookError.input("there is no sweep '\(name)'")
    }
    return try SweepView(sweep, in: store).speaking(language)
  }

  private static func problem(_ error: any Error) -> LabbookError {
    error as? LabbookError ?? .failure("\(error)")
  }
}
