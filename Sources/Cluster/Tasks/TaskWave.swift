import Foundation
import Runner
import Runs
import Synchronization
import Tracking

/// The runs of a task, as the executor that trains them sees them.
final class TaskWave: WaveHost {
  private let means: TaskMeans
  private let orders: [TaskOrder]
  private let options: TaskWork.Options
  private let ids: [RunID: Int]
  private let names: [RunID]
  private let state: Mutex<State>

  private struct State {
    var asked: Set<String> = []
    var why: String?
    var isOver = false
  }

  init(
    _ means: TaskMeans, _ orders: [TaskOrder], _ past: PastAttempts, _ options: TaskWork.Options
  ) {
    (self.means, self.orders, self.options) = (means, orders, options)
    names = orders.map { RunID($0.run) ?? RunID() }
    ids = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    state = Mutex(State())
  }

  /// What the run at a place is called.
  func id(of place: Int) -> RunID { names[place] }

  var isStopping: Bool { means.stop.isRaised }

  var hasEnded: Bool { state.withLock { $0.isOver } }
  func end() { state.withLock { $0.isOver = true } }

  /// Why runs were not begun.
  var why: String? { state.withLock { $0.why } }

  /// Ends the runs that somebody asked to stop, those to come too.
  func takeStops(_ keys: Set<String>) {
    state.withLock { $0.asked = keys }
    means.end(as: .stopped) { [orders] in keys.contains(orders[$0].key) }
  }

  func open(_ run: AssignedRun, _ attempt: RunAttempt?) -> Opening {
    guard let place = ids[run.run] else { return .done }
    let order = orders[place]
    if let why = hindrance(order) {
      state.withLock { $0.why = why }
      return .done
    }
    let control = RunControl(means.stop)
    let sink = SegmentSink(order, at: place, control, means)
    let isAsked = state.withLock { $0.asked.contains(order.key) }
    // It keeps what an earlier attempt measured, and stays stopped.
    if isAsked { control.end(as: .stopped) }
    means.began(place, sink, control)
    return .opened(sink, control)
  }

  /// A run that could end in another task, but not in this one, is not begun.
  private func hindrance(_ order: TaskOrder) -> String? {
    guard let end = options.endsAt, let limit = means.plan.limitSeconds else { return nil }
    let left = (end - ContinuousClock.now) / .seconds(1) - options.graceSeconds
    if left <= 0 { return "its time is over" }
    guard order.seconds > left, order.seconds < limit - options.graceSeconds else { return nil }
    return
      "\(order.order.job.label) takes about \(Int(order.seconds)) s, and \(Int(left)) s are left"
  }

  func order(_ run: AssignedRun) throws -> TrainingOrder {
    guard let place = ids[run.run] else {
      throw LabbookError.failure("the task has no run \(run.run.short)")
    }
    return orders[place].order
  }

  func hinder(_ why: String) { state.withLock { $0.why = why } }

  func say(_ text: String, once: String?) { means.say(text) }
}
