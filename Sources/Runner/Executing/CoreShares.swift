import Runs
import Synchronization
import TensorKernels

/// Shares the cores of an executor among the runs at work: whenever one of them ends and no other begins
/// in its place, those that are left may compute with more threads.
final class CoreShares: Sendable {
  private struct Share {
    let control: RunControl
    let cores: Int
    let sharesThreads: Bool
  }

  private struct State {
    var workers = 0
    var runs: [Share] = []
  }

  private let cores: Int
  private let threadsEach: Int?
  private let state = Mutex(State())

  /// Shares so many cores.
  ///
  /// - Parameter threadsEach: how many threads every run has, whatever the cores; `nil` shares them.
  init(_ cores: Int, threadsEach: Int?) {
    self.cores = cores
    self.threadsEach = threadsEach
  }

  /// How many cores a run is to wait for whose slot has so many.
  func cores(_ slot: Int, sharesThreads: Bool) -> Int {
    sharesThreads ? threadsEach ?? slot : slot
  }

  /// A worker looks for runs.
  func enter() { change { $0.workers += 1 } }

  /// A worker has found no run any more.
  func leave() { change { $0.workers -= 1 } }

  /// A worker begins a run that takes so many cores.
  func begin(_ control: RunControl, cores: Int, sharesThreads: Bool) {
    change {
      $0.runs.append(Share(control: control, cores: cores, sharesThreads: sharesThreads))
    }
  }

  /// The run has ended; its worker looks for another.
  func end(_ control: RunControl) {
    change { state in state.runs.removeAll { $0.control === control } }
  }

  private func change(_ body: (inout sending State) -> Void) {
    state.withLock { state in
      body(&state)
      share(state)
    }
  }

  /// A worker without a run is about to begin one, so that its core is no one's.
  private func share(_ state: State) {
    let sharing = state.runs.filter(\.sharesThreads)
    if let threadsEach {
      for run in sharing { run.control.allow(ThreadAllowance(threadsEach, exactly: true)) }
      return
    }
    let taken = state.runs.reduce(0) { $0 + $1.cores } + max(0, state.workers - state.runs.count)
    let spare = max(0, cores - taken)
    for (index, run) in sharing.enumerated() {
      let more = spare / sharing.count + (index < spare % sharing.count ? 1 : 0)
      run.control.allow(ThreadAllowance(run.cores + more))
    }
  }
}
