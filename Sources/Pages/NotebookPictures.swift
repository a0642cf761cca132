public import Datasets
public import Experiments
public import Figures
public import GnuplotBackend
import Machine
import Pictures
import Results
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

  /// Makes the pictures of an experiment.
  ///
  /// - Parameters:
  ///   - experiment: its cells say what is drawn.
  ///   - plan: its sweeps say of which runs.
  ///   - store: what was measured.
  ///   - library: where the data of boundaries and fits comes from.
  ///   - writer: draws them.
  public init(
    _ experiment: Experiment, _ plan: RunPlan, in store: RunStore, library: DataLibrary,
    writer: FigureWriter = FigureWriter()
  ) {
    self.plan = plan
    self.store = store
    self.library = library
    self.writer = writer
    cells = experiment.cells.compactMap { if case .plot(let cell) = $0 { cell } else { nil } }
  }

  /// Draws every figure, or those of some sweeps, into `folder/<experiment>/`.
  ///
  /// What keeps one figure from being drawn is said in its place; the others are drawn, several at a
  /// time. A picture whose drawing has not changed stays as it is.
  public func draw(into folder: String, sweeps: [String] = [], keepsScript: Bool = false)
    -> [NotebookPicture]
  {
    let cells = selected(sweeps)
    let drawn = Mutex([Int: NotebookPicture]())
    let record = PictureRecord(folder: "\(folder)/\(plan.experiment)")
    Parallel.forEach(cells.count) { index in
      let picture = draw(cells[index], record, keepsScript: keepsScript)
      drawn.withLock { $0[index] = picture }
    }
    record.save()
    return drawn.withLock { pictures in cells.indices.compactMap { pictures[$0] } }
  }

  private func draw(_ cell: PlotCell, _ record: PictureRecord, keepsScript: Bool)
    -> NotebookPicture
  {
    let paths = cell.formats.map { "\(record.folder)/\(cell.name).\($0.rawValue)" }
    do {
      let figure = try figure(cell)
      let drawing = writer.fingerprint(of: figure)
      let stale = paths.filter { keepsScript || !record.has($0, drawing) }
      if !stale.isEmpty { try writer.write(figure, to: stale, keepsScript: keepsScript) }
      record.add(paths, drawing)
      return NotebookPicture(cell: cell, paths: paths, problem: nil)
    } catch {
      return NotebookPicture(cell: cell, paths: [], problem: NotebookPictures.problem(error))
    }
  }

  /// Draws one figure into a file.
  package func draw(_ cell: PlotCell, to path: String) throws {
    try writer.write(try figure(cell), to: path)
  }

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
    return try FigureMaker(try SweepView(sweep, in: store), in: store, library: library)
      .figure(cell)
  }

  private static func problem(_ error: any Error) -> LabbookError {
    error as? LabbookError ?? .failure("\(error)")
  }
}
