import Experiments
import Search

/// How far the rule of a sweep lets its configurations go.
struct StopProgress {
  private let rule: any StopRule
  /// The scores at each rung of all that were to reach it, in their order; infinity where a run
  /// diverged or failed before it, so that the configuration ends and does not count.
  private var scores: [[Double]] = []
  /// Configurations of the present round that no comparison has ended.
  private var alive: [Int] = []
  private var rung = 0
  private var known: Set<Int> = []
  /// The epochs of each configuration that are asked for; nothing where that is all of them.
  private(set) var limits: [Int: Int] = [:]

  init(_ rule: any StopRule) { self.rule = rule }

  /// Begins a round with the configurations at some places; those of an earlier round stay as they are.
  ///
  /// - Parameter epochs: how long a configuration trains if nothing ends it.
  mutating func begin(_ members: [Int], epochs: (Int) -> Int) {
    alive = members.filter { known.insert($0).inserted }
    rung = 0
    setLimits(epochs)
  }

  /// Compares at every rung that all of the round have reached; whether that changed a limit.
  ///
  /// - Parameters:
  ///   - reached: whether all seeds of a configuration have reached an epoch.
  ///   - score: the mean over its seeds of the best objective up to an epoch, smaller is better.
  mutating func advance(
    epochs: (Int) -> Int, reached: (Int, Int) -> Bool, score: (Int, Int) -> Double
  ) -> Bool {
    var hasChanged = false
    while !alive.isEmpty {
      let epoch = rule.rung(rung)
      guard alive.allSatisfy({ reached($0, epoch) }) else { break }
      if scores.count == rung { scores.append([]) }
      let first = scores[rung].count
      scores[rung] += alive.map { score($0, epoch) }
      let goesOn = rule.goOn(first..<scores[rung].count, of: scores[rung])
      alive = zip(alive, goesOn).filter(\.1).map(\.0)
      rung += 1
      setLimits(epochs)
      hasChanged = true
    }
    return hasChanged
  }

  /// Holds what goes on at the next rung; what ends before it is trained whole.
  private mutating func setLimits(_ epochs: (Int) -> Int) {
    let next = rule.rung(rung)
    for place in alive { limits[place] = epochs(place) > next ? next : nil }
    alive.removeAll { epochs($0) <= next }
  }
}
