import Foundation
import Runner
import Runs
import Synchronization
import Tracking

/// What the runs of one task share.
final class TaskMeans: Sendable {
  let folder: PlanFolder
  let plan: WorkPlan
  let writer: SegmentWriter
  let stop: StopSignal
  let past: PastAttempts
  /// The last state is kept for longer runs of those that trained for so many seconds.
  let leastStateSeconds: Double
  /// Tells people something.
  let say: @Sendable (String) -> Void
  private let running = Mutex<[Int: (sink: SegmentSink, control: RunControl)]>([:])
  private let endedForGood = Mutex(0)

  init(
    _ folder: PlanFolder, _ plan: WorkPlan, _ writer: SegmentWriter, _ stop: StopSignal,
    _ past: PastAttempts, _ options: TaskWork.Options
  ) {
    self.past = past
    (self.folder, self.plan, self.writer, self.stop) = (folder, plan, writer, stop)
    (leastStateSeconds, say) = (options.leastStateSeconds, options.say)
  }

  func began(_ place: Int, _ sink: SegmentSink, _ control: RunControl) {
    running.withLock { $0[place] = (sink, control) }
  }

  /// How many runs have ended for good.
  var ended: Int { endedForGood.withLock { $0 } }

  func ended(_ place: Int, _ status: RunStatus) {
    running.withLock { $0[place] = nil }
    if status != .interrupted { endedForGood.withLock { $0 += 1 } }
  }

  /// Tells how far the runs at work are.
  func tellProgress() {
    for (sink, _) in running.withLock({ Array($0.values) }) { sink.tellProgress() }
  }

  /// Ends the runs at work whose place is asked for.
  func end(as status: RunStatus, where isAsked: (Int) -> Bool) {
    for (place, run) in running.withLock({ Array($0) }) where isAsked(place) {
      run.control.end(as: status)
    }
  }
}
