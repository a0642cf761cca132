import Machine
import RunStorage
import Runs
import Synchronization
import Tracking

/// What all workers of a process share.
final class SharedWork: Sendable {
  let store: RunStore
  let writer: RunWriter
  let options: RunnerOptions
  let stop: StopSignal
  let board: ProgressBoard
  /// Decides for sweeps whose rule decides on arrival.
  let judge: ArrivalJudge
  private let firstError = Mutex<(any Error)?>(nil)

  init(
    store: RunStore, _ options: RunnerOptions, stop: StopSignal, board: ProgressBoard,
    threads: ThreadMaker
  ) {
    self.store = store
    self.options = options
    self.stop = stop
    self.board = board
    writer = RunWriter(
      store, leastStateSeconds: options.leastStateSeconds, threads: threads)
    judge = ArrivalJudge(store, writer)
  }

  /// Ends all work because the store cannot be used.
  func fail(_ error: any Error) {
    firstError.withLock { $0 = $0 ?? error }
    stop.raise()
  }

  /// Ends all work where the writer can no longer write.
  func checkWriter() {
    if let failure = writer.failure { fail(failure) }
  }

  /// Ends all work where the store or the files of its runs were taken away.
  ///
  /// - Parameter isLast: whether every file is looked at, not the last one alone.
  func checkStore(isLast: Bool = false) {
    if error != nil { return }
    do {
      try store.checkPlace()
      try store.checkFiles(latestOnly: !isLast)
    } catch { fail(error) }
  }

  /// Ends the runs that somebody asked to stop, through the store.
  func takeStopRequests() {
    do {
      let asked = try store.takeStopRequests(among: board.running)
      if !asked.isEmpty { board.end(asked, as: .stopped) }
    } catch { fail(error) }
  }

  /// Ends the runs that whoever started this process no longer wants.
  func takeWish() {
    switch options.wanted.wish {
    case .all: break
    case .onlyAtWork(let keys): board.end(unwantedBy: keys)
    case .nothing: stop.raise()
    }
  }

  /// Whether runs may begin.
  var letsBegin: Bool { !stop.isRaised && options.wanted.letsBegin }

  /// What ended all work early.
  var error: (any Error)? { firstError.withLock { $0 } }
}
