import Runs
import Synchronization
import TensorKernels

/// The teams of threads of a process's workers: a team outlives the run, so that no thread is made or
/// ended between two runs.
final class ThreadTeams: Sendable {
  private let idle = Mutex<[ThreadTeam]>([])

  /// Calls `body` with a team that nobody else has, which programs made there compute with.
  func withTeam<Value>(_ body: () throws -> Value) rethrows -> Value {
    let team = idle.withLock { $0.popLast() } ?? ThreadTeam()
    team.allow(.one)
    defer { idle.withLock { $0.append(team) } }
    return try ThreadTeam.$current.withValue(team) { try body() }
  }
}

extension RunTrainer {
  /// Computes with as many threads as the control allows from here on.
  func takeThreads(_ control: RunControl) {
    if let team, let threads = control.threads { team.allow(threads) }
  }
}
