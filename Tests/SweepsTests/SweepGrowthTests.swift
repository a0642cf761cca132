import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// Searches and `from`, whichever way the objective goes.
struct SweepGrowthTests {
  private func sweep(
    _ name: String, _ axes: [SweepSpec.Axis], seeds: SweepSpec.Seeds = .own,
    _ strategy: SweepSpec.Strategy = .grid, stop: SweepSpec.Stop? = nil,
    from: SweepSpec.From? = nil
  ) -> SweepSpec {
    SweepSpec(
      name: name, mark: Sample.mark(1),
      with: from == nil ? [Sample.substitution("epochs", "20")] : [], axes: axes, seeds: seeds,
      strategy: strategy, stop: stop, from: from)
  }

  private func best(_ count: Int, of name: String = "grid") -> SweepSpec.From {
    SweepSpec.From(best: count, of: name, mark: Sample.mark(2))
  }

  private func rates(_ plan: SweepPlan) -> [Double] {
    plan.configurations.map(\.configuration.train.learningRate)
  }

  /// The best rate is 10^-3: far from the middle of the range, where a search without direction ends.
  private func found(_ direction: Direction) throws -> [Double] {
    let growing = try Sample.growing(
      [sweep("s", [Sample.rates], seeds: .count(3), Sample.search(32))], direction)
    let results = CurveResults { rate, seed in
      let loss = abs(log10(rate) + 3) + Double(seed) / 10
      let value = direction == .minimize ? loss : 10 - loss
      return [direction == .minimize ? -1 : 99] + Array(repeating: value, count: 20)
    }
    while growing.plan.sweeps[0].pending > 0 {
      results.train(growing.plan.sweeps[0], direction: direction)
      #expect(try growing.grow(results))
    }
    return rates(growing.plan.sweeps[0])
  }

  @Test func losesAndAccuraciesAreSearchedTheirWay() throws {
    for direction in [Direction.minimize, .maximize] {
      let distances = try found(direction).map { abs(log10($0) + 3) }
      // Evenly spread points are 1.25 decades away in the mean.
      #expect(distances.prefix(8).reduce(0, +) / 8 > 0.9)
      #expect(distances.suffix(16).reduce(0, +) / 16 < 0.6)
    }
    // An accuracy that mirrors a loss leads to the same proposals.
    #expect(try found(.minimize) == found(.maximize))
  }

  /// Three seeds each: a mean that one seed spoils, one diverged seed, a failed one, equal means.
  private func ranked(_ direction: Direction) throws -> [Double] {
    let rates = ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]
    let losses: [Double: [Double]] = [
      0.1: [1, 9, 2], 0.2: [3, 3, 3], 0.3: [0.1, 0.1, 0.1], 0.4: [2, 3, 4], 0.5: [5, 5, 5],
      0.6: [2, 2, 2],
    ]
    let growing = try Sample.growing(
      [
        sweep("grid", [Sample.axis("lr", rates)], seeds: .count(3)),
        sweep("final", [], seeds: .count(2), from: best(6)),
      ], direction)
    let results = CurveResults(diverges: { $0 == 0.3 && $1 == 2 ? 5 : nil }) { rate, seed in
      let loss = losses[rate]?[seed - 1] ?? 0
      return [0] + Array(repeating: direction == .minimize ? loss : -loss, count: 20)
    }
    #expect(growing.plan.sweeps[1].pending == 6)
    results.train(growing.plan.sweeps[0], direction: direction)
    #expect(try growing.grow(results))
    #expect(
      growing.plan.sweeps[1].runs.map(\.seed) == Array(repeating: [1, 2], count: 6).flatMap { $0 })
    return self.rates(growing.plan.sweeps[1])
  }

  @Test(arguments: [Direction.minimize, .maximize])
  func fromTakesTheBestByTheirMeans(direction: Direction) throws {
    // Means 4, 3, -, 3, 5, 2: of equal ones the earlier, the diverged one last.
    #expect(try ranked(direction) == [0.6, 0.2, 0.4, 0.1, 0.5, 0.3])
  }

  @Test func fromWaitsUntilEveryRunIsDone() throws {
    let growing = try Sample.growing([
      sweep("grid", [Sample.axis("lr", ["0.1", "0.2"])], seeds: .count(2)),
      sweep("final", [Sample.axis("batch_size", ["8", "16", "32"])], from: best(1)),
    ])
    #expect(
      growing.plan.sweeps[1].growthRemark == "its 3 configurations are known when 'grid' is done")
    #expect(growing.plan.sweeps[1].source == "grid" && growing.plan.sweeps[0].source == nil)
    #expect(growing.plan.sweeps[0].growthRemark == nil)
    let one = try Sample.growing([
      sweep("grid", [Sample.axis("lr", ["0.1", "0.2"])]), sweep("final", [], from: best(1)),
    ])
    #expect(one.plan.sweeps[1].growthRemark == "its 1 configuration is known when 'grid' is done")
    let running = Statuses(status: .interrupted)
    running.take(growing.plan.sweeps[0])
    #expect(try !growing.grow(running))
    for status in [RunStatus.completed, .failed, .diverged] {
      running.status = status
      running.take(growing.plan.sweeps[0])
    }
    // All diverged: the first stands for the best there is.
    #expect(try growing.grow(running))
    #expect(rates(growing.plan.sweeps[1]) == [0.1, 0.1, 0.1])
    #expect(growing.plan.sweeps[1].axes == ["lr", "batch_size"])
    #expect(
      growing.plan.sweeps[1].configurations.map(\.label)
        == ["batch_size=8", "batch_size=16", "batch_size=32"])
  }

  @Test func anAxisOfItsOwnReplacesThatOfTheOrigin() throws {
    let growing = try Sample.growing([
      sweep("grid", [Sample.axis("lr", ["0.1", "0.2"]), Sample.axis("batch_size", ["8", "16"])]),
      sweep("final", [Sample.axis("lr", ["0.5", "0.6"])], from: best(2)),
    ])
    let results = CurveResults { rate, _ in Array(repeating: rate, count: 21) }
    results.train(growing.plan.sweeps[0])
    try growing.grow(results)
    let final = growing.plan.sweeps[1]
    #expect(final.axes == ["batch_size", "lr"])
    // lr 0.1 with both batch sizes was best, by order.
    #expect(
      final.configurations.map(\.label) == [
        "batch_size=8, lr=0.5", "batch_size=8, lr=0.6", "batch_size=16, lr=0.5",
        "batch_size=16, lr=0.6",
      ])
    #expect(rates(final) == [0.5, 0.6, 0.5, 0.6])
  }

  @Test func aSearchUnderWaySaysWhatFollows() throws {
    let growing = try Sample.growing([
      sweep(
        "s", [Sample.rates, Sample.axis("batch_size", ["8", "16"])], seeds: .count(3),
        Sample.search(9))
    ])
    let plan = growing.plan.sweeps[0]
    #expect(plan.configurations.count == 16 && plan.pending == 2 && plan.pendingRuns == 6)
    #expect(
      plan.growthRemark
        == "16 configurations are known, at most 2 configurations follow from results")
    #expect(plan.seedCount == 3)
    #expect(Set(plan.configurations.map(\.label)).count == 16)
    #expect(plan.configurations[0].label.contains(", batch_size=8"))
    #expect(plan.configurations[1].label.contains(", batch_size=16"))
    #expect(rates(plan)[0] == rates(plan)[1] && rates(plan)[0] != rates(plan)[2])
  }

  /// The epochs whose weights figures ask for, but 0, whose weights follow from the seed.
  @Test func epochsThatFiguresAskForAreKept() throws {
    let experiment = try Experiment.parse(
      """
      data: {source: spiral, points_per_class: 50, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      notebook:
        - sweep: a
        - {plot: boundary, frames: [0, 2, 10]}
        - {plot: boundary, frames: 7}
      """, library: DataLibrary())
    let plan = try RunPlan(experiment, facts: Sample.facts())
    #expect(plan.keptEpochs == [2, 7, 10])
    #expect(plan.experiment == "experiment" && plan.sweeps.map(\.name) == ["a"])
  }
}

/// Runs that all stand alike.
private final class Statuses: RunResults {
  var status: RunStatus
  private var known: [String: RunResult] = [:]

  init(status: RunStatus) { self.status = status }

  func take(_ plan: SweepPlan) {
    for run in plan.runs { known[run.key] = RunResult(status: status, best: 1) }
  }

  func results(ofKeys keys: [String], curves: Bool) -> [String: RunResult] {
    known.filter { keys.contains($0.key) }
  }
}
