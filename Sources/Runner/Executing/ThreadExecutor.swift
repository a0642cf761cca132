import Foundation
public import Machine
public import Runs
import Synchronization
import Tracking

/// Trains the runs of a wave on threads of this process, as many at a time as its cores allow.
public final class ThreadExecutor: Executor {
  private let trainers: [any Trainer]
  private let budget: CoreBudget
  private let shares: CoreShares
  private let signal = SlotSignal()
  private let threads: ThreadMaker

  /// Makes an executor.
  ///
  /// - Parameters:
  ///   - trainers: those that may be needed; the first one that trains a run's kind gets it.
  ///   - cores: how many cores its runs take together; results do not depend on it.
  ///   - threadsEach: how many threads each run computes with; `nil` shares the cores among the runs at
  ///     work. Results do not depend on it.
  ///   - threads: who makes the threads that train beside the calling one.
  public init(
    _ trainers: [any Trainer], cores: Int, threadsEach: Int? = nil, threads: ThreadMaker = .system
  ) {
    self.trainers = trainers
    self.threads = threads
    budget = CoreBudget(cores)
    shares = CoreShares(budget.cores, threadsEach: threadsEach)
  }

  /// Trains the runs on the calling thread and on others beside it.
  ///
  /// Where fewer threads can be made than there are cores, the wave is told, and those that there are
  /// train.
  public func run(_ wave: Wave) {
    let queue = RunQueue(wave.runs)
    let wanted = wave.grows ? budget.cores : min(budget.cores, wave.runs.count)
    var others: [WorkThread] = []
    do throws(LabbookError) {
      for number in 1..<max(1, wanted) {
        others.append(
          try WorkThread("labbook.work.\(number)", stackBytes: 16 << 20, by: threads) { [self] in
            work(queue, wave)
          })
      }
    } catch {
      wave.say(
        "\(others.count + 1) of \(wanted) threads train, which takes longer: \(error.message)")
    }
    work(queue, wave)
    for thread in others { thread.join() }
  }

  private func work(_ queue: RunQueue, _ wave: Wave) {
    shares.enter()
    defer { shares.leave() }
    while !wave.isStopping, let (run, index, wait) = queue.next() ?? more(queue, wave) {
      switch wait {
      case .nothing: break
      case .otherProcess: pause(wave)
      case .slot(let turn): signal.wait(after: turn)
      }
      if wave.isStopping { return }
      let trainer = trainers.first { $0.trains(run.job.configuration) }
      if let hindrance = trainer?.hindrance(run.job) {
        wave.hinder(hindrance)
        continue
      }
      let turn = signal.turn
      let slot: (any RunSlot)?
      do {
        slot = try trainer?.slot(for: run.job, of: budget.cores) ?? nil
      } catch {
        wave.hinder(String(describing: error))
        continue
      }
      if trainer != nil, slot == nil {
        queue.postpone(index, .slot(turn))
        continue
      }
      defer {
        slot?.giveBack()
        signal.tell()
      }
      train(run, at: index, by: trainer, slot, queue, wave)
    }
  }

  /// What has become known since, once all else is handed out.
  private func more(_ queue: RunQueue, _ wave: Wave) -> (AssignedRun, Int, RunWait)? {
    let runs = wave.more()
    if runs.isEmpty { return nil }
    queue.add(runs)
    return queue.next()
  }

  private func train(
    _ run: AssignedRun, at index: Int, by trainer: (any Trainer)?, _ slot: (any RunSlot)?,
    _ queue: RunQueue, _ wave: Wave
  ) {
    let sharesThreads = trainer?.sharesThreads ?? false
    let cores = min(shares.cores(slot?.cores ?? 0, sharesThreads: sharesThreads), budget.cores)
    budget.take(cores)
    defer { budget.giveBack(cores) }
    if wave.isStopping { return }
    switch wave.open(run) {
    case .busy: queue.postpone(index, .otherProcess)
    case .done: break
    case .opened(let sink, let control):
      guard let trainer else {
        return sink.finish(
          .failed, durationSeconds: nil, message: "no trainer of this program can train it")
      }
      shares.begin(control, cores: cores, sharesThreads: sharesThreads)
      defer { shares.end(control) }
      trainer.carryOut(run.job, control, into: sink)
    }
  }

  /// Gives another process some time; ends early where the work is to stop.
  private func pause(_ wave: Wave) {
    for _ in 0..<10 where !wave.isStopping { usleep(10_000) }
  }
}

/// The cores that the runs at work share; a run waits for those it takes.
final class CoreBudget: Sendable {
  let cores: Int
  private let free: Mutex<Int>
  private let condition = NSCondition()

  init(_ cores: Int) {
    self.cores = max(1, cores)
    free = Mutex(max(1, cores))
  }

  /// Takes so many cores, at most all there are, and waits until they are free.
  func take(_ count: Int) {
    condition.lock()
    while free.withLock({ $0 < count }) { condition.wait() }
    free.withLock { $0 -= count }
    condition.unlock()
  }

  func giveBack(_ count: Int) {
    condition.lock()
    free.withLock { $0 += count }
    condition.broadcast()
    condition.unlock()
  }
}

/// Says to runs that wait for a slot that one was given back.
private final class SlotSignal: Sendable {
  private let turns = Mutex(0)
  private let condition = NSCondition()

  /// How often something was given back so far.
  var turn: Int { turns.withLock { $0 } }

  func tell() {
    condition.lock()
    turns.withLock { $0 += 1 }
    condition.broadcast()
    condition.unlock()
  }

  /// Waits until something has been given back since, at most for a moment: other processes say nothing.
  func wait(after turn: Int) {
    condition.lock()
    if self.turn == turn { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1)) }
    condition.unlock()
  }
}

/// What a run waits for that was handed out before.
private enum RunWait {
  case nothing
  /// Another process was training it.
  case otherProcess
  /// Nothing had been given back since this turn.
  case slot(Int)
}

/// The runs of a wave that are left, handed out to workers: first those nobody has tried, then those that
/// wait, in order.
private final class RunQueue: Sendable {
  private struct State {
    var runs: [AssignedRun]
    var next = 0
    var waiting: [(index: Int, wait: RunWait)] = []
  }

  private let state: Mutex<State>

  init(_ runs: [AssignedRun]) { state = Mutex(State(runs: runs)) }

  /// The next run with its place, and what it waits for.
  func next() -> (run: AssignedRun, index: Int, wait: RunWait)? {
    state.withLock { state in
      if state.next < state.runs.count {
        state.next += 1
        return (state.runs[state.next - 1], state.next - 1, .nothing)
      }
      guard !state.waiting.isEmpty else { return nil }
      let (index, wait) = state.waiting.removeFirst()
      return (state.runs[index], index, wait)
    }
  }

  /// Takes runs that became known meanwhile.
  func add(_ runs: [AssignedRun]) { state.withLock { $0.runs += runs } }

  /// Puts back a run: one that another process trains behind all others, one that lacks a slot at its
  /// place.
  func postpone(_ index: Int, _ wait: RunWait) {
    state.withLock { state in
      var place = state.waiting.endIndex
      if case .slot = wait {
        place = state.waiting.firstIndex { $0.index > index } ?? place
      }
      state.waiting.insert((index, wait), at: place)
    }
  }
}
