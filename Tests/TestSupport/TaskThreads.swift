package import Cluster
import Foundation
import Machine
import Runner
package import Runs
import Synchronization
import Tracking

/// A launcher, for tests: every task is a thread of this process, with a signal that ends it.
package final class TaskThreads: Launcher {
  private let trainers: @Sendable () -> [any Trainer]
  private let cores: Int
  private let state = Mutex(State())

  private struct State {
    var jobs = 0
    var tasks: [String: [Int: TaskState]] = [:]
    /// As of the last look.
    var seen: [String: [Int: TaskState]] = [:]
    var signals: [StopSignal] = []
    var submitted: [[Int]] = []
    var hidden = false
  }

  /// Makes a launcher whose tasks train with these.
  package init(cores: Int = 1, _ trainers: @escaping @Sendable () -> [any Trainer]) {
    self.cores = cores
    self.trainers = trainers
  }

  /// What was handed over so far.
  package var submitted: [[Int]] { state.withLock { $0.submitted } }

  package func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) throws -> String? {
    let job = state.withLock { state in
      state.jobs += 1
      state.submitted.append(tasks)
      return String(state.jobs)
    }
    for task in tasks {
      let stop = StopSignal()
      state.withLock {
        $0.signals.append(stop)
        $0.tasks[job, default: [:]][task] = .working
      }
      _ = try WorkThread("labbook.task", stackBytes: 16 << 20) { [self] in
        var why = "it came to its end"
        do {
          let work = try TaskWork(folder, task: task, TaskWork.Options())
          _ = try work.work(ThreadExecutor(trainers(), cores: cores), stop)
        } catch { why = String(describing: error) }
        state.withLock { $0.tasks[job]?[task] = .over(why) }
      }
    }
    return job
  }

  package func look() -> Bool {
    state.withLock { $0.seen = $0.tasks }
    return true
  }

  package func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState] {
    state.withLock { $0.seen[job.job] ?? [:] }
  }

  /// Whether a task of any job is at work.
  package var isAtWork: Bool {
    state.withLock { $0.tasks.values.contains { $0.values.contains(.working) } }
  }

  /// Asks all tasks to leave, as a scheduler does that needs their machines.
  package func preempt() { for stop in state.withLock({ $0.signals }) { stop.raise() } }

  /// Options that make a task of every run.
  package static func options(_ runsFolder: String) -> ClusterExecutor.Options {
    var options = ClusterExecutor.Options(
      runsFolder: runsFolder, version: "test", kernels: "baseline", experiment: "outside",
      title: nil, predict: { $0.map { _ in 1 } }, settled: { Set($0) })
    options.limits.leastSeconds = 0.1
    options.checkpointSeconds = 0.1
    return options
  }
}
