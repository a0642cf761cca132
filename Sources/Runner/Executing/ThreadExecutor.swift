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
    let wanted = min(budget.cores, wave.runs.count)
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
    while !wave.isStopping, let (index, wasBusy) = queue.next() {
      if wasBusy { pause(wave) }
      let run = queue.runs[index]
      let trainer = trainers.first { $0.trains(run.job.configuration) }
      let cores = trainer.map { min(shares.cores(of: run.job, $0), budget.cores) } ?? 0
      budget.take(cores)
      defer { budget.giveBack(cores) }
      if let hindrance = trainer?.hindrance(run.job) {
        wave.say(hindrance, once: hindrance)
        continue
      }
      switch wave.open(run) {
      case .busy: queue.postpone(index)
      case .done: break
      case .opened(let sink, let control):
        guard let trainer else {
          sink.finish(
            .failed, durationSeconds: nil, message: "no trainer of this program can train it")
          continue
        }
        shares.begin(control, cores: cores, sharesThreads: trainer.sharesThreads)
        defer { shares.end(control) }
        trainer.carryOut(run.job, control, into: sink)
      }
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

/// The runs of a wave that are left, handed out to workers: first those nobody has tried, in order,
/// then those another process was training.
private final class RunQueue: Sendable {
  private struct State {
    var next = 0
    var busy: [Int] = []
  }

  let runs: [AssignedRun]
  private let state = Mutex(State())

  init(_ runs: [AssignedRun]) { self.runs = runs }

  /// The next run; `wasBusy` says that another process had it when it was last looked at.
  func next() -> (index: Int, wasBusy: Bool)? {
    state.withLock { state in
      if state.next < runs.count {
        state.next += 1
        return (state.next - 1, false)
      }
      return state.busy.isEmpty ? nil : (state.busy.removeFirst(), true)
    }
  }

  /// Puts back a run that another process trains.
  func postpone(_ index: Int) { state.withLock { $0.busy.append(index) } }
}
