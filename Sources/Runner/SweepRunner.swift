public import Machine
public import RunStorage
package import Runs
import Tracking

/// Trains what a plan asks for on threads of its own, and keeps everything in the store.
public struct SweepRunner {
  private let store: RunStore
  private let executor: any Executor
  private let options: Options
  private let threads: ThreadMaker

  /// How a plan is run.
  public typealias Options = RunnerOptions

  /// Makes a runner for a store.
  ///
  /// - Parameters:
  ///   - executor: where runs are trained.
  ///   - threads: who makes the threads that write and that lead the training.
  public init(
    _ store: RunStore, _ executor: any Executor, _ options: Options = Options(),
    threads: ThreadMaker = .system
  ) {
    self.store = store
    self.executor = executor
    self.options = options
    self.threads = threads
  }

  /// Trains every run that has no result yet; the others are reused.
  ///
  /// Runs that another process trains are waited for. On Ctrl-C what is being trained is
  /// interrupted between two updates, and what was measured is kept.
  ///
  /// - Throws: `LabbookError` where the store cannot be read or written.
  public func run(
    _ sweeps: [SweepJobs], experiment: String, title: String? = nil, printer: ProgressPrinter? = nil
  ) throws -> RunReport {
    try run(FixedWork(sweeps), experiment: experiment, title: title, printer: printer)
  }

  /// The same for work that comes in waves.
  public func run(
    _ work: any SweepWork, experiment: String, title: String? = nil, tags: [String] = [],
    printer: ProgressPrinter? = nil
  ) throws -> RunReport {
    try Interruption.caught { try runAll(work, experiment, title, tags, printer, StopSignal()) }
  }

  /// The same with a signal that a test raises.
  package func run(
    _ sweeps: [SweepJobs], experiment: String, stop: StopSignal
  ) throws -> RunReport {
    try runAll(FixedWork(sweeps), experiment, nil, [], nil, stop)
  }

  private func runAll(
    _ work: any SweepWork, _ experiment: String, _ title: String?, _ tags: [String],
    _ printer: ProgressPrinter?, _ stop: StopSignal
  ) throws -> RunReport {
    let board = ProgressBoard()
    let shared = SharedWork(store: store, options, stop: stop, board: board, threads: threads)
    shared.checkWriter()
    do {
      try store.removeLeftovers()
      let source = WaveSource(work, shared, experiment: experiment, title: title, tags: tags)
      shared.takeWish()
      while shared.letsBegin, let (wave, registered) = try source.wave() {
        sayLost(registered, to: board)
        try offerReused(wave, to: board)
        if !wave.toTrain.isEmpty { try train(wave, source, shared, printer) }
        if shared.error == nil { try shared.writer.flush() }
      }
    } catch { shared.fail(error) }
    do { try shared.writer.close() } catch { shared.fail(error) }
    shared.checkStore(isLast: true)
    let report = RunReport(board, stop: stop)
    if board.hasTrained { printer?.finish(board.takeMessages(), summary: report.summary) }
    if let error = shared.error { throw error }
    return report
  }

  /// Lets the executor train and shows how far it is until it is done.
  private func train(
    _ wave: Assignment, _ source: WaveSource, _ shared: SharedWork, _ printer: ProgressPrinter?
  ) throws {
    let work = Wave(
      wave.toTrain, sweeps: source.sweeps, of: StoreWave(shared, source))
    // Its stack is a worker's: where no other thread can be made it trains by itself.
    let leader = try WorkThread("labbook.leader", stackBytes: 16 << 20, by: threads) {
      [executor] in executor.run(work)
    }
    var looks = 0
    while !leader.hasEnded(within: 0.08) {
      looks += 1
      shared.checkWriter()
      shared.checkStore()
      shared.takeWish()
      if looks.isMultiple(of: 2) { shared.takeStopRequests() }
      let snapshot = shared.board.snapshot(isStopping: shared.stop.isRaised)
      printer?.show(snapshot, messages: shared.board.takeMessages())
    }
  }

  /// Says which finished runs are trained again because their files are gone.
  private func sayLost(_ runs: some Sequence<RegisteredRun>, to board: ProgressBoard) {
    let lost = Dictionary(runs.compactMap { run in run.lostFile.map { (run.id, $0) } }) { $1 }
    guard let first = lost.min(by: { $0.key.description < $1.key.description }) else { return }
    let what = "\(first.value) of run \(first.key.short) is missing or has another size"
    board.say(
      lost.count == 1
        ? "\(what): it is trained again"
        : "\(lost.count) runs have lost files and are trained again: \(what)")
  }

  /// The best value of what is reused counts too.
  private func offerReused(_ plan: Assignment, to board: ProgressBoard) throws {
    guard let objective = plan.reused.first?.job.request.objective else { return }
    var query = RunQuery()
    query.runs = plan.reused.map(\.run)
    query.limit = 1
    query.order = .metric(
      objective.metric, .best, descending: objective.direction == .maximize)
    guard let best = try store.runs(query).first, best.objective == objective,
      !best.status.isBad, let value = best.value(of: objective.metric, .best)
    else { return }
    let label = plan.reused.first { $0.run == best.id }?.job.label
    board.offer(value, of: label ?? "", objective)
  }
}
