import Cluster
import Testing

/// Which runs a task trains.
@Suite struct PackingTests {
  private static func limits(
    _ change: (inout Packing.Limits) -> Void = { _ in }
  ) -> Packing.Limits {
    var limits = Packing.Limits()
    change(&limits)
    return limits
  }

  /// Every run is in one task, and no task is empty.
  private static func check(_ packing: Packing, of count: Int) {
    #expect(packing.tasks.flatMap { $0 }.sorted() == Array(0..<count))
    #expect(packing.tasks.allSatisfy { !$0.isEmpty })
  }

  @Test func shortRunsShareATask() {
    let packing = Packing(Array(repeating: 1, count: 1000), Self.limits())
    #expect(packing.tasks.count == 1)
    Self.check(packing, of: 1000)
  }

  /// 1,000 minutes are worth 66 tasks of a quarter of an hour.
  @Test func aTaskTakesItsMinutes() {
    let packing = Packing(Array(repeating: 60, count: 1000), Self.limits())
    #expect(packing.tasks.count == 66)
    Self.check(packing, of: 1000)
    let counts = packing.tasks.map(\.count)
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  /// Of two tasks at once eight are made, so that those that end early take another.
  @Test func fourTimesAsManyAsAreAtOnce() {
    let packing = Packing(Array(repeating: 3600, count: 1000), Self.limits { $0.atOnce = 2 })
    #expect(packing.tasks.count == 8)
    Self.check(packing, of: 1000)
  }

  @Test func noMoreThanAnArrayMayHave() {
    let packing = Packing(Array(repeating: 3600, count: 5000), Self.limits { $0.mostTasks = 300 })
    #expect(packing.tasks.count == 300)
    Self.check(packing, of: 5000)
  }

  /// Runs of very unequal length: no task is longer than the longest run or a third above the mean.
  @Test func unequalRunsEvenOut() {
    let seconds = (0..<400).map { 10.0 * Double(1 + $0 * $0 % 97) }
    let packing = Packing(seconds, Self.limits { $0.leastSeconds = 2000 })
    Self.check(packing, of: 400)
    let loads = packing.tasks.map { $0.reduce(0) { $0 + seconds[$1] } }
    let mean = loads.reduce(0, +) / Double(loads.count)
    #expect(loads.allSatisfy { $0 <= max(seconds.max() ?? 0, mean * 4 / 3) })
    // Longest first, so that the last one to begin is short.
    #expect(
      packing.tasks.allSatisfy { $0.map { seconds[$0] } == $0.map { seconds[$0] }.sorted(by: >) })
  }

  @Test func moreCoresMakeFewerTasks() {
    let packing = Packing(Array(repeating: 60, count: 1000), Self.limits { $0.cores = 8 })
    #expect(packing.tasks.count == 8)
  }

  @Test func unknownTimesAreSpread() {
    #expect(Packing([0, 0, 0], Self.limits()).tasks == [[0, 1, 2]])
    #expect(Packing([5], Self.limits()).tasks == [[0]])
  }
}
