import Search
import Testing
import Tracking

/// What every strategy owes the house.
///
/// A strategy that is registered is handed to this suite.
@Suite struct StrategyConformanceTests {
  static let names = SweepStrategies.choices.map(\.name)
  private static let ranges = [
    SearchedRange(.logUniform, from: 1e-4, to: 1e-1), SearchedRange(.uniform, from: -2, to: 3),
    SearchedRange(.intUniform, from: 2, to: 9), SearchedRange(choices: 3),
  ]

  private func strategy(_ name: String, seed: Int = 1) throws -> any SweepStrategy {
    let choice = try #require(SweepStrategies.choices.first { $0.name == name })
    let own: [String: ParameterValue] = ["runs": .integer(23), "seed": .integer(seed)]
    let values = choice.standard().values.merging(
      own.filter { key, _ in choice.settings.contains { $0.name == key } }
    ) { $1 }
    #expect(!values.values.contains(.off), "say above what \(name) needs")
    return SweepStrategies.strategy(Chosen(name, values))
  }

  @Test func withoutRoundsProposalsComeOneByOne() {
    let values: [String: ParameterValue] = [
      "runs": .integer(12), "seed": .integer(1), "startup": .integer(5), "round": .integer(4),
    ]
    let inRounds = SweepStrategies.strategy(Chosen("tpe", values))
    #expect(!inRounds.isAsynchronous && inRounds.round(after: 5) == 4)
    let onArrival = SweepStrategies.strategy(
      Chosen("tpe", values.merging(["asynchronous": .flag(true)]) { $1 }))
    #expect(onArrival.isAsynchronous && onArrival.round(after: 0) == 5)
    #expect(onArrival.round(after: 5) == 1 && onArrival.round(after: 12) == 0)
    #expect(!SweepStrategies.strategy(Chosen("random", values)).isAsynchronous)
  }

  /// Every proposal, round after round, scored by a function of its values.
  private func proposals(
    _ strategy: any SweepStrategy, _ ranges: [SearchedRange] = ranges,
    score: ([Double]) -> Double
  ) -> [[Double]] {
    var trials: [SearchTrial] = []
    var all: [[Double]] = []
    while true {
      let count = strategy.round(after: all.count)
      guard count > 0 else { return all }
      let numbers = all.count..<all.count + count
      let proposed = strategy.propose(
        numbers, of: ranges, after: strategy.isAdaptive ? trials : [])
      all += proposed
      trials += proposed.map { SearchTrial(values: $0, score: score($0)) }
      guard all.count <= 1000 else { return all }
    }
  }

  @Test(arguments: names) func listsAreGoneThroughOnce(name: String) throws {
    let strategy = try strategy(name)
    for lengths in [[3, 3], [4], [], [2, 2, 2]] {
      let count = strategy.count(of: lengths)
      let all = (0..<count).map { strategy.combination($0, of: lengths) }
      #expect(Set(all).count == count, "\(name) of \(lengths) repeats itself")
      for places in all {
        #expect(places.count == lengths.count)
        #expect(zip(places, lengths).allSatisfy { $0 >= 0 && $0 < $1 })
      }
      // Every value of every list is reached.
      for (axis, length) in lengths.enumerated() {
        #expect(Set(all.map { $0[axis] }).count == length)
      }
    }
    // More than can be counted is the greatest number, not an overflow.
    #expect(strategy.count(of: [.max, .max]) == .max)
  }

  @Test(arguments: names) func roundsAddUpToTheProposals(name: String) throws {
    let strategy = try strategy(name)
    let all = proposals(strategy) { $0.reduce(0, +) }
    #expect(all.count == strategy.proposals)
    #expect(strategy.round(after: strategy.proposals) == 0)
    #expect(strategy.round(after: strategy.proposals + 5) == 0)
  }

  @Test(arguments: names) func proposalsLieInTheirRanges(name: String) throws {
    let strategy = try strategy(name)
    guard strategy is any SearchStrategy else { return }
    let all = proposals(strategy) { abs($0[1] - 1) }
    for values in all {
      #expect(values.count == Self.ranges.count)
      for (value, range) in zip(values, Self.ranges) {
        #expect(value >= range.lower && value <= range.upper)
        if range.kind == .choice || range.kind == .intUniform { #expect(value == value.rounded()) }
      }
    }
    // 23 of them reach both halves of every range.
    for (place, range) in Self.ranges.enumerated() {
      let units = all.map { range.unit(of: $0[place]) }
      #expect(units.contains { $0 < 0.5 } && units.contains { $0 > 0.5 })
    }
  }

  @Test(arguments: names) func theSameTrialsGetTheSameAnswers(name: String) throws {
    let score = { (values: [Double]) in values.isEmpty ? 0 : abs(values[1] - 1) }
    let first = proposals(try strategy(name), score: score)
    #expect(first == proposals(try strategy(name), score: score))
    // One proposal asked for alone is the one that was made among others, unless results change it.
    let strategy = try strategy(name)
    if !strategy.isAdaptive, first.count > 7 {
      #expect(strategy.propose(7..<8, of: Self.ranges, after: []) == [first[7]])
    }
    if strategy is any SearchStrategy {
      #expect(first != proposals(try self.strategy(name, seed: 2), score: score))
    }
  }

  /// Scores are smaller where better: an adaptive strategy goes where they are small, whichever end of
  /// the range that is, and the others do not look at them.
  @Test(arguments: names) func bothDirectionsAreFollowed(name: String) throws {
    guard try strategy(name) is any SearchStrategy else { return }
    let range = [SearchedRange(.uniform, from: 0, to: 1)]
    func late(_ sign: Double) throws -> Double {
      let all = proposals(try strategy(name), range) { sign * $0[0] }
      return all.suffix(8).reduce(0) { $0 + $1[0] } / 8
    }
    let (low, high) = (try late(1), try late(-1))
    if try strategy(name).isAdaptive {
      #expect(low < 0.4 && high > 0.6, "\(name) goes to \(low) and \(high)")
    } else {
      #expect(low == high)
    }
  }

  /// Runs that diverged have no score that could be the best.
  @Test(arguments: names) func divergedTrialsAreBad(name: String) throws {
    let strategy = try strategy(name)
    guard strategy.isAdaptive else { return }
    let range = [SearchedRange(.uniform, from: 0, to: 1)]
    let all = proposals(strategy, range) { $0[0] > 0.5 ? .nan : 1 - $0[0] }
    #expect(all.suffix(8).reduce(0) { $0 + $1[0] } / 8 < 0.5)
  }

  /// Where nearly all diverged, none of them is taken for good in the place of a finite one: which came
  /// first makes no difference, and where all diverged there is still an answer.
  @Test(arguments: names) func noDivergedTrialIsGood(name: String) throws {
    let strategy = try strategy(name)
    guard strategy.isAdaptive else { return }
    let range = [SearchedRange(.uniform, from: 0, to: 1)]
    let lost = (0..<19).map {
      SearchTrial(values: [0.4 + 0.03 * Double($0)], score: $0 == 7 ? .nan : .infinity)
    }
    let good = SearchTrial(values: [0.05], score: 1)
    let proposed = strategy.propose(20..<23, of: range, after: [good] + lost)
    for others in [lost.reversed(), Array(lost[9...] + lost[..<9])] {
      #expect(strategy.propose(20..<23, of: range, after: [good] + others) == proposed)
      #expect(strategy.propose(20..<23, of: range, after: others + [good]) == proposed)
    }
    let blind = strategy.propose(20..<23, of: range, after: lost)
    #expect(blind.count == 3 && blind.allSatisfy { (0...1).contains($0[0]) })
  }

  @Test(arguments: names) func aSpaceThatCannotBeGoneThroughIsTold(name: String) throws {
    let strategy = try strategy(name)
    let searched = SearchSpace(lists: [], ranges: [(label: "lr", range: Self.ranges[0])])
    let listed = SearchSpace(lists: [(label: "lr", count: 3)], ranges: [])
    let isSearch = strategy is any SearchStrategy
    #expect((strategy.problem(of: searched) == nil) == isSearch)
    #expect((strategy.problem(of: listed) == nil) == !isSearch)
    for problem in [strategy.problem(of: searched), strategy.problem(of: listed)].compactMap({ $0 })
    {
      #expect(problem.message.contains(name) && !problem.notes.isEmpty)
    }
  }
}
