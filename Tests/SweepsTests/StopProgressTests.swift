import Experiments
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// Rules of `stop` against a simulation of one round written here.
struct StopProgressTests {
  private static let rates = (1...11).map { Double($0) / 100 }
  private static let seeds = [1, 2, 3]
  private static let epochs = 20

  /// A number in [0, 1) that differs for each rate, seed and epoch (the golden ratio's fractions).
  private static func number(_ rate: Double, _ seed: Int, _ epoch: Int) -> Double {
    let place = Double(Int((rate * 100).rounded()) * 400 + seed * 131 + epoch * 17)
    return (place * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
  }

  /// Curves that go up and down, so that the best is seldom the last; before training every one is
  /// better than all that follow, the more so the worse its rate.
  private static func curve(_ rate: Double, _ seed: Int, _ direction: Direction) -> [Double] {
    let values = (1...epochs).map { number(rate, seed, $0) / Double($0) + rate * 2 }
    let signed = direction == .minimize ? values : values.map { 5 - $0 }
    return [direction == .minimize ? -rate : 9 + rate] + signed
  }

  /// One seed of three diverges: of the second rate at once, of the fifth later.
  private static func diverges(_ rate: Double, _ seed: Int) -> Int? {
    if seed != 2 { return nil }
    return rate == 0.02 ? 2 : rate == 0.05 ? 7 : nil
  }

  /// How far each rate goes: at each rung the mean over seeds of the best so far decides.
  private func simulated(
    _ direction: Direction, _ least: Int, _ reduction: Int,
    _ keeps: (_ scores: [Double], _ own: Double, _ place: Int) -> Bool
  ) -> [Int?] {
    var limits = [Int?](repeating: nil, count: Self.rates.count)
    var alive = Array(Self.rates.indices)
    var rung = least
    while rung < Self.epochs {
      for place in alive { limits[place] = rung }
      let scores = alive.map { place -> Double in
        var sum = 0.0
        for seed in Self.seeds {
          let rate = Self.rates[place]
          if let end = Self.diverges(rate, seed), end <= rung { return .infinity }
          let values = Self.curve(rate, seed, direction)[1...rung]
          sum += direction == .minimize ? values.min() ?? 0 : -(values.max() ?? 0)
        }
        return sum / 3
      }
      alive = alive.indices.filter { keeps(scores, scores[$0], $0) }.map { alive[$0] }
      rung *= reduction
    }
    for place in alive { limits[place] = nil }
    return limits
  }

  private func planned(
    _ rule: SweepSpec.Stop, _ direction: Direction
  ) throws -> (limits: [Int?], plan: SweepPlan) {
    let sweep = SweepSpec(
      name: "s", mark: Sample.mark(1),
      with: [Sample.substitution("epochs", String(Self.epochs))],
      axes: [Sample.axis("lr", Self.rates.map { "\($0)" })], seeds: .list(Self.seeds), stop: rule)
    let growing = try Sample.growing([sweep], direction)
    let results = CurveResults(diverges: Self.diverges) { Self.curve($0, $1, direction) }
    for _ in 0..<6 {
      results.train(growing.plan.sweeps[0], direction: direction)
      try growing.grow(results)
    }
    #expect(try !growing.grow(results))
    let plan = growing.plan.sweeps[0]
    return (plan.configurations.map { plan.limits[$0.key] }, plan)
  }

  @Test(arguments: [Direction.minimize, .maximize], [(1, 3), (2, 2), (3, 4), (5, 3)])
  func ashaIsTheSimulation(direction: Direction, setting: (least: Int, reduction: Int)) throws {
    let wanted = simulated(direction, setting.least, setting.reduction) { scores, own, place in
      let better = scores.indices.count { (scores[$0], $0) < (own, place) }
      return own.isFinite && better * setting.reduction < scores.count(where: \.isFinite)
    }
    let found = try planned(
      Sample.stop("asha", setting.least, setting.reduction), direction)
    #expect(found.limits == wanted)
    #expect(wanted.contains(nil) && Set(wanted).count > 2)
  }

  @Test(arguments: [Direction.minimize, .maximize], [(1, 3), (2, 2), (4, 2)])
  func medianIsTheSimulation(direction: Direction, setting: (least: Int, reduction: Int)) throws {
    let wanted = simulated(direction, setting.least, setting.reduction) { scores, own, _ in
      let sorted = scores.filter(\.isFinite).sorted()
      let half = sorted.count / 2
      let median =
        sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
      return own.isFinite && own <= median
    }
    let found = try planned(
      Sample.stop("median", setting.least, setting.reduction), direction)
    #expect(found.limits == wanted)
    #expect(wanted.contains(nil) && Set(wanted).count > 2)
  }

  /// Of twelve ten diverge at once: of the two that get to the first comparison one goes on, by either
  /// rule, and it is alone at all that follow.
  @Test(arguments: [("asha", 3), ("median", 2)])
  func divergedRunsAreNotCounted(name: String, reduction: Int) throws {
    let rates = (1...12).map { Double($0) / 100 }
    let sweep = SweepSpec(
      name: "s", mark: Sample.mark(1), with: [Sample.substitution("epochs", "20")],
      axes: [Sample.axis("lr", rates.map { "\($0)" })], stop: Sample.stop(name, 1, reduction))
    let growing = try Sample.growing([sweep])
    let results = CurveResults(diverges: { rate, _ in rate > 0.025 ? 1 : nil }) { rate, _ in
      [9] + Array(repeating: 1 - rate, count: 20)
    }
    for _ in 0..<6 {
      results.train(growing.plan.sweeps[0])
      try growing.grow(results)
    }
    let plan = growing.plan.sweeps[0]
    let limits = plan.configurations.map { plan.limits[$0.key] }
    #expect(limits == [1, nil] + Array(repeating: 1, count: 10))
  }

  @Test func aLimitIsThatOfEverySeed() throws {
    let (limits, plan) = try planned(Sample.stop("asha", 2, 2), .maximize)
    for (place, configuration) in plan.configurations.enumerated() {
      #expect(configuration.runs.map(plan.limit) == [limits[place], limits[place], limits[place]])
    }
  }

  /// 45 updates of 4 a pass over 100 rows are 12 passes, which a rung of 12 does not cut; 49 are 13.
  @Test(arguments: [(45, nil), (48, nil), (49, 12)] as [(Int, Int?)])
  func updatesAreCountedInEpochs(steps: Int, limit: Int?) throws {
    let sweep = SweepSpec(
      name: "s", mark: Sample.mark(1), axes: [Sample.axis("lr", ["0.1", "0.2", "0.3"])],
      stop: Sample.stop("asha", 4, 3))
    let growing = try GrowingPlan(
      experiment: "sample", sweeps: [sweep], facts: Sample.facts(),
      decode: { combination, formula in
        Sample.decode(combination, formula).map { found in
          var copy = found
          copy?.train.duration = .steps(steps)
          copy?.train.batchSize = .rows(32)
          return copy
        }
      })
    func limits() -> [Int?] {
      let plan = growing.plan.sweeps[0]
      return plan.configurations.map { plan.limits[$0.key] }
    }
    #expect(limits() == [4, 4, 4])
    let results = CurveResults { rate, _ in Array(repeating: rate, count: 14) }
    results.train(growing.plan.sweeps[0])
    #expect(try growing.grow(results))
    #expect(limits() == [limit, 4, 4])
  }

  /// Configurations of a later round are compared with those before them, at the same rung.
  @Test func laterRoundsMeetTheScoresOfEarlierOnes() throws {
    let sweep = SweepSpec(
      name: "s", mark: Sample.mark(1), with: [Sample.substitution("epochs", "20")],
      axes: [Sample.rates], strategy: Sample.search(16), stop: Sample.stop("asha", 2, 4))
    let growing = try Sample.growing([sweep])
    // Every later proposal is worse than the first eight.
    var order: [Double: Double] = [:]
    let results = CurveResults { rate, _ in
      let rank = order[rate] ?? Double(order.count)
      order[rate] = rank
      return [-1] + (1...20).map { rank + 1 / Double($0) }
    }
    for _ in 0..<12 {
      results.train(growing.plan.sweeps[0])
      try growing.grow(results)
    }
    let plan = growing.plan.sweeps[0]
    let limits = plan.configurations.map { plan.limits[$0.key] }
    // Of 8 the best 2 go on to epoch 8, of these 1 to the end; of 12 three may, those are the first.
    #expect(Array(limits.prefix(8)) == [nil, 8, 2, 2, 2, 2, 2, 2])
    #expect(limits.dropFirst(8).allSatisfy { $0 == 2 })
    #expect(plan.configurations.count == 16 && plan.pending == 0)
  }
}
