import Foundation

/// What is known of one task from its segments.
struct TaskWatch {
  /// The keys of its runs, in order.
  let keys: [String]
  /// The places of the runs that have ended for good.
  var ended: Set<Int> = []
  /// The places of those that were begun in the latest attempt and have not ended.
  var atWork: Set<Int> = []
  /// The places of those that an attempt left in order before their end.
  var leftOpen: Set<Int> = []
  /// Of these the ones that a later attempt began anew: they cannot go on, and come no further.
  var anew: Set<Int> = []
  /// The greatest step of each run that was begun.
  var steps: [Int: Int] = [:]
  /// The latest attempt, and whether it said that it leaves.
  var attempt = 0
  var hasLeft = false
  /// Why it left, where not all was done.
  var why: String?
  /// When it was last heard of.
  var heard = ContinuousClock.now
  /// Attempts in a row that came no further.
  var idleAttempts = 0
  private var best = (ended: 0, steps: 0)

  init(keys: [String]) { self.keys = keys }

  /// Whether a segment of it was seen.
  var hasBegun: Bool { attempt > 0 }

  var isWhole: Bool { ended.count == keys.count }

  /// Judges an attempt that is over: whether it came further than those before.
  mutating func judge() {
    let now = (ended: ended.count, steps: steps.values.reduce(0, +))
    idleAttempts = now.ended > best.ended || now.steps > best.steps ? 0 : idleAttempts + 1
    best = now
  }
}
