public import Datasets
public import Experiments
public import Figures
public import GnuplotBackend
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
  /// Why there is none, for people.
  public let problem: LabbookError?
}

/// Draws the figures of an experiment's notebook into its folder.
public struct NotebookPictures: Sendable {
  private let plan: RunPlan
  private let cells: [PlotCell]
  private let store: RunStore
  private let library: DataLibrary
  private let writer: FigureWriter
  private let views: [String: SweepView]

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
    self.views = views
    self.plan = plan
    self.store = store
    self.library = library
    self.writer = writer
    cells = experiment.cells.compactMap { if case .plot(let cell) = $0 { cell } else { nil } }
  }

  /// Draws every figure, or those of some sweeps, into the experiment's folder.
  ///
  /// What keeps one figure from being drawn is said in its place; the others are drawn, several at a
  /// time. A picture whose drawing has not changed stays as it is.
  public func draw(
    into folder: PlotsFolder, sweeps: [String] = [], keepsScript: Bool = false
  ) -> [NotebookPicture] {
    let cells = selected(sweeps)
    let drawn = Mutex([Int: NotebookPicture]())
    let record = PictureRecord(folder: folder.path)
    Parallel.forEach(cells.count) { index in
      let picture = draw(cells[index], into: folder, record, keepsScript: keepsScript)
      drawn.withLock { $0[index] = picture }
    }
    record.save()
    return drawn.withLock { pictures in cells.indices.compactMap { pictures[$0] } }
  }

  private func draw(
    _ cell: PlotCell, into folder: PlotsFolder, _ record: PictureRecord, keepsScript: Bool
  ) -> NotebookPicture {
    do {
      let paths = try folder.pictures(of: cell)
      let figure = try figure(cell)
      let drawing = writer.fingerprint(of: figure)
      let stale = paths.filter { keepsScript || !record.has($0, drawing) }
      if !stale.isEmpty { try writer.write(figure, to: stale, .own, keepsScript: keepsScript) }
      record.add(paths, drawing)
      return NotebookPicture(cell: cell, paths: paths, problem: nil)
    } catch {
      return NotebookPicture(cell: cell, paths: [], problem: NotebookPictures.problem(error))
    }
  }

  /// One figure as SVG, which is not kept.
  func svg(_ cell: PlotCell) throws -> String { try writer.svg(try figure(cell)) }

  /// The figures themselves, in the order of the notebook, for a terminal.
  public func figures(sweeps: [String] = []) -> [(
    cell: PlotCell, figure: Result<Figure, LabbookError>
  )] {
    selected(sweeps).map { cell in
      do { return (cell, .success(try figure(cell))) } catch {
        return (cell, .failure(NotebookPictures.problem(error)))
      }
    }
  }

  private func selected(_ sweeps: [String]) -> [PlotCell] {
    cells.filter { sweeps.isEmpty || $0.sweeps.contains(where: sweeps.contains) }
  }

  private func figure(_ cell: PlotCell) throws -> Figure {
    guard let name = cell.sweep else { return try FigureMaker.figure(ofNothing: cell) }
    guard let sweep = plan[name] else {
      throw LabbookError.input("there is no sweep '\(name)'")
    }
    let view = try views[name] ?? SweepView(sweep, in: store)
    return try FigureMaker(view, in: store, library: library).figure(cell)
  }

  private static func problem(_ error: any Error) -> LabbookError {
    error as? LabbookError ?? .failure("\(error)")
  }
}
