import Synchronization

/// The runs that are left, handed out to workers: first those nobody has tried, in order, then
/// those another process was training.
final class JobQueue: Sendable {
  private struct State {
    var next = 0
    var busy: [Int] = []
  }

  private let count: Int
  private let state = Mutex(State())

  init(count: Int) { self.count = count }

  /// The next run; `wasBusy` says that another process had it when it was last looked at.
  func next() -> (index: Int, wasBusy: Bool)? {
    state.withLock { state in
      if state.next < count {
        state.next += 1
        return (state.next - 1, false)
      }
      return state.busy.isEmpty ? nil : (state.busy.removeFirst(), true)
    }
  }

  /// Puts back a run that another process trains.
  func postpone(_ index: Int) { state.withLock { $0.busy.append(index) } }
}
