import Experiments
import Foundation
import GnuplotBackend
import Languages
import Machine
import Pages
import Results
import RunStorage
import Sweeps
import Synchronization
import Tracking

/// Follows an experiment file: reads it at every save, lets it be trained, and keeps the page up to date.
///
/// One thread reads and writes everything here, another one draws; the page takes what the board shows.
final class NotebookFollower: @unchecked Sendable {
  let board = NotebookBoard()
  let drawing: NotebookDrawing
  let writer: FigureWriter
  private let file: FollowedFile
  private let store: RunStore
  private let trainer: FollowedTrainer?
  private let watch: FileWatch
  private let isClosed = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)

  // What follows is the thread's own.
  private var right: FollowedFile.Right?
  private var problems: FileProblems?
  private var builder: NotebookBuilder?
  private var progress: [FileProgress]?
  private var trouble: String?
  private var seenChange: Int64?
  private var seenDrawings = 0
  private var nextRefresh = ContinuousClock.now
  private var isStale = true

  /// Seconds between two looks at what is new.
  private static let tickSeconds = 0.1
  /// Between two refreshes of the page lies at least this, and some times what the last one took.
  private static let leastSeconds = 0.2
  private static let restShare = 3.0

  init(file: String, store: RunStore, trainer: FollowedTrainer?, watch: FileWatch = FileWatch()) {
    self.file = FollowedFile(file, store)
    (self.store, self.trainer, self.watch) = (store, trainer, watch)
    writer = FigureWriter()
    drawing = NotebookDrawing(writer)
  }

  /// Starts the threads.
  func start() throws(LabbookError) {
    try drawing.start()
    _ = try WorkThread("labbook.follow", stackBytes: 64 << 20) { [self] in
      lead()
      hasEnded.store(true, ordering: .releasing)
    }
  }

  /// Lets everything end; what is being trained is interrupted and keeps what it measured.
  func close() {
    isClosed.store(true, ordering: .releasing)
    while !hasEnded.load(ordering: .acquiring) { usleep(10_000) }
  }

  private func lead() {
    watch.watch([file.path])
    read(changed: [])
    while !isClosed.load(ordering: .acquiring) {
      let changed = watch.changes(within: Self.tickSeconds)
      if !changed.isEmpty { read(changed: changed) }
      if trainer?.look() == true { isStale = true }
      refreshIfDue()
    }
    drawing.close()
    trainer?.end(within: 60)
  }

  // MARK: The file

  private func read(changed: Set<String>) {
    switch file.read(changed: changed) {
    case .same: return
    case .wrong(let problems):
      self.problems = problems
      if let right { trainer?.pause(keys: right.keys) }
    case .right(let right):
      self.right = right
      problems = nil
      do { try right.growing.grow(StoreResults(store)) } catch { trouble = "\(error)" }
      trainer?.follow(right.work, keys: right.keys)
      builder = nil
    }
    watch.watch(file.watched(right))
    board.show { $0.problems = problems.map(ProblemMarkup.html) ?? "" }
    seenChange = nil
    isStale = true
    nextRefresh = .now
    showStatus()
  }

  private func showStatus() {
    let status = StatusMarkup(
      file: file.path, progress: progress, training: trainer?.state, isWrong: problems != nil,
      trouble: trouble
    ).html
    board.show { $0.status = status }
  }

  // MARK: The page

  private func refreshIfDue() {
    guard isStale || board.isWatched, ContinuousClock.now >= nextRefresh else { return }
    do {
      let change = try store.dataVersion()
      let drawings = drawing.changes
      guard isStale || change != seenChange || drawings != seenDrawings else { return }
      let began = ContinuousClock.now
      if isStale || change != seenChange || builder == nil { try readStore() }
      (seenChange, seenDrawings, isStale) = (change, drawings, false)
      showCells()
      trouble = nil
      let took = ContinuousClock.now - began
      nextRefresh = .now + max(.seconds(Self.leastSeconds), took * Self.restShare)
    } catch {
      trouble = "The page may be old: \(error)"
      nextRefresh = .now + .seconds(1)
    }
    showStatus()
  }

  private func readStore() throws {
    guard let right else { return }
    try right.growing.grow(StoreResults(store))
    let plan = right.growing.plan
    let english = try NotebookBuilder(right.experiment, plan, in: store, library: right.library)
    let builder = english.speaking(right.experiment.language)
    self.builder = builder
    progress = plan.sweeps.compactMap { sweep in
      builder.views[sweep.name].map { FileProgress($0, sweep, right.facts) }
    }
    let pictures = NotebookPictures(
      right.experiment, plan, in: store, library: right.library, writer: writer,
      views: builder.views)
    let known = builder.views.mapValues(Self.stamp)
    drawing.draw(
      NotebookDrawing.Work(
        pictures: pictures,
        stamps: pictures.plots.map { cell in
          var hasher = Hasher()
          hasher.combine(cell)
          for sweep in cell.sweeps { hasher.combine(known[sweep]) }
          return hasher.finalize()
        }))
  }

  /// What tells one state of a sweep's runs from another.
  private static func stamp(_ view: SweepView) -> Int {
    var hasher = Hasher()
    for member in view.members {
      hasher.combine(member.key)
      guard let run = member.record else { continue }
      hasher.combine(run.id)
      hasher.combine(run.status)
      hasher.combine(run.bestStep)
      for (metric, summary) in run.metrics.sorted(by: { $0.key.name < $1.key.name }) {
        hasher.combine(metric)
        hasher.combine(summary)
      }
    }
    return hasher.finalize()
  }

  private func showCells() {
    guard let right, let builder else { return }
    let drawn = drawing.drawn
    let plots = right.experiment.cells.compactMap { cell in
      if case .plot(let plot) = cell { plot } else { nil }
    }
    let pictures = plots.map { cell in
      let picture = drawn[cell.name]
      return PagePicture(file: nil, svg: picture?.light, problem: picture?.problem)
    }
    var bars: [String: String] = [:]
    for (sweep, progress) in zip(right.growing.plan.sweeps, progress ?? []) where !progress.isDone {
      bars[sweep.name] = StatusMarkup.bar(progress)
    }
    let page = LivePage(
      builder.page(pictures).page,
      figures: plots.map { cell in
        drawn[cell.name].flatMap { FigureAddress.live(cell, $0) }
      }, sweeps: bars)
    let pieces = [page.header] + page.cells + [page.footer]
    let language = right.experiment.language.code
    board.show {
      $0.language = language
      $0.pieces = pieces.map { NotebookBoard.Piece($0) }
    }
  }
}
