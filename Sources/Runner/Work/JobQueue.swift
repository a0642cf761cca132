import Synchronization
import Tracking

/// The runs of a wave that are left, handed out to workers: first those nobody has tried, in order, then
/// those another process was training.
final class JobQueue: Sendable {
  private struct State {
    var next = 0
    var busy: [Int] = []
  }

  let jobs: [(job: TrainingJob, run: RunID)]
  private let state = Mutex(State())

  init(_ jobs: [(job: TrainingJob, run: RunID)]) { self.jobs = jobs }

  /// The next run; `wasBusy` says that another process had it when it was last looked at.
  func next() -> (index: Int, wasBusy: Bool)? {
    state.withLock { state in
      if state.next < jobs.count {
        state.next += 1
        return (state.next - 1, false)
      }
      return state.busy.isEmpty ? nil : (state.busy.removeFirst(), true)
    }
  }

  /// Puts back a run that another process trains.
  func postpone(_ index: Int) { state.withLock { $0.busy.append(index) } }
}
