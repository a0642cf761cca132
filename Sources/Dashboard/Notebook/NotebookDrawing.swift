import Experiments
import Figures
import Foundation
import GnuplotBackend
import Machine
import Pages
import Synchronization
import Tracking

/// Draws the figures of a notebook beside everything else, one after the other, and each at most once a second.
///
/// A figure is drawn where what it shows has changed; until then its last drawing stays.
final class NotebookDrawing: Sendable {
  /// One figure as it was drawn last.
  struct Drawn: Sendable {
    /// What its sweep had when it was drawn.
    var stamp = 0
    /// Of what it was drawn.
    var fingerprint = ""
    var figure: Figure?
    /// The drawing; `nil` where there is none.
    var light: String?
    /// The same in dark colours, where the cell has none of its own.
    var dark: String?
    /// Why there is none.
    var problem: LabbookError?
    var began = ContinuousClock.now
  }

  /// What is to be drawn: cells with what tells whether they show something else.
  struct Work: Sendable {
    let pictures: NotebookPictures
    let stamps: [Int]
  }

  private struct State {
    var work: Work?
    var drawn: [String: Drawn] = [:]
    var changes = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let condition = NSCondition()
  private let writer: FigureWriter

  /// Seconds between two drawings of one figure.
  private static let secondsBetween = 1.0

  init(_ writer: FigureWriter) { self.writer = writer }

  /// Starts the thread that draws.
  func start() throws(LabbookError) {
    _ = try WorkThread("labbook.draw", stackBytes: 16 << 20) { [self] in run() }
  }

  /// Draws this from now on.
  func draw(_ work: Work) {
    state.withLock { state in
      state.work = work
      let names = Set(work.pictures.plots.map(\.name))
      state.drawn = state.drawn.filter { names.contains($0.key) }
    }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  /// How often a drawing has become another one.
  var changes: Int { state.withLock { $0.changes } }

  /// The last drawings, by the names of their cells.
  var drawn: [String: Drawn] { state.withLock { $0.drawn } }

  func close() {
    state.withLock { $0.isClosed = true }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  // MARK: The thread

  private func run() {
    while true {
      let (isClosed, work, drawn) = state.withLock { ($0.isClosed, $0.work, $0.drawn) }
      if isClosed { return }
      guard let work, let (cell, stamp, due) = Self.next(work, drawn) else {
        wait(until: nil)
        continue
      }
      if due > .now {
        wait(until: due)
        continue
      }
      draw(cell, stamp, work, drawn[cell.name])
    }
  }

  /// The figure that has waited longest, with the moment from which it may be drawn.
  private static func next(
    _ work: Work, _ drawn: [String: Drawn]
  ) -> (PlotCell, Int, ContinuousClock.Instant)? {
    let stale = zip(work.pictures.plots, work.stamps).filter { drawn[$0.name]?.stamp != $1 }
    return stale.map { cell, stamp in
      (cell, stamp, drawn[cell.name].map { $0.began + .seconds(secondsBetween) } ?? .now)
    }.min { $0.2 < $1.2 }
  }

  private func wait(until moment: ContinuousClock.Instant?) {
    let seconds = moment.map { ($0 - .now) / .seconds(1) } ?? 60
    condition.lock()
    if seconds > 0 { _ = condition.wait(until: Date(timeIntervalSinceNow: min(seconds, 0.1))) }
    condition.unlock()
  }

  private func draw(_ cell: PlotCell, _ stamp: Int, _ work: Work, _ last: Drawn?) {
    var drawn = Drawn()
    drawn.began = .now
    drawn.stamp = stamp
    do {
      let themes = [cell.theme] + (cell.look.theme == nil ? [.dark] : [])
      let figures = try work.pictures.figures(of: cell, in: themes)
      drawn.figure = figures.first
      drawn.fingerprint = figures.map(writer.fingerprint).joined(separator: "-")
      if let last, last.fingerprint == drawn.fingerprint, last.light != nil {
        (drawn.light, drawn.dark) = (last.light, last.dark)
      } else {
        let drawings = try figures.map { figure in try writer.svg(figure) }
        drawn.light = drawings.first
        drawn.dark = drawings.count > 1 ? drawings[1] : nil
      }
    } catch { drawn.problem = error as? LabbookError ?? .failure("\(error)") }
    let isOther =
      last?.fingerprint != drawn.fingerprint
      || last?.problem?.description != drawn.problem?.description
    state.withLock { state in
      guard let plots = state.work?.pictures.plots, plots.contains(where: { $0.name == cell.name })
      else { return }
      state.drawn[cell.name] = drawn
      if isOther { state.changes += 1 }
    }
  }
}
