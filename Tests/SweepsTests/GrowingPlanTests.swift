import Experiments
import Foundation
import Runs
import Search
import Sweeps
import TestSupport
import Testing
import Tracking

/// Results that are a function of the configuration, of the runs that were given out.
private final class Results: RunResults {
  var known: [String: RunResult] = [:]

  func results(ofKeys keys: [String], curves: Bool) -> [String: RunResult] {
    Dictionary(uniqueKeysWithValues: keys.compactMap { key in known[key].map { (key, $0) } })
  }

  /// Trains what a plan knows, as far as it asks for; the value at an epoch is a function's over it.
  func train(_ plan: SweepPlan, epochs: Int = 20, value: (RunConfiguration) -> Double) {
    for run in plan.runs {
      let limit = plan.limit(of: run)
      let curve = (1...(limit ?? epochs)).map {
        RunResult.EpochValue(epoch: $0, value: value(run.configuration) / Double($0))
      }
      let before = known[run.key]?.curve.count ?? 0
      if before >= curve.count { continue }
      known[run.key] = RunResult(
        status: limit == nil ? .completed : .stopped, best: curve.last?.value, curve: curve)
    }
  }
}

private func growing(_ sweeps: [SweepSpec]) throws -> GrowingPlan {
  try GrowingPlan(
    experiment: "sample", sweeps: sweeps, facts: Sample.facts(), decode: Sample.decode)
}

private func searched(_ written: String, _ kind: SearchedRange.Kind, _ a: Double, _ b: Double)
  -> SweepSpec.Axis
{
  SweepSpec.Axis(
    path: Sample.path(written), written: written, mark: Sample.mark(3),
    range: SearchedRange(kind, from: a, to: b), rangeMark: Sample.mark(4))
}

private func spec(
  _ name: String, _ axes: [SweepSpec.Axis], seeds: SweepSpec.Seeds = .own,
  strategy: SweepSpec.Strategy = .grid, stop: SweepSpec.Stop? = nil, from: SweepSpec.From? = nil
) -> SweepSpec {
  SweepSpec(
    name: name, mark: Sample.mark(1),
    with: from == nil ? [Sample.substitution("epochs", "20")] : [], axes: axes, seeds: seeds,
    strategy: strategy, stop: stop, from: from)
}

private func tpe(_ runs: Int) -> SweepSpec.Strategy {
  SweepSpec.Strategy(
    Chosen(
      "tpe",
      [
        "runs": .integer(runs), "seed": .integer(1), "startup": .integer(6), "round": .integer(3),
      ]))
}

private let rates = searched("lr", .logUniform, 1e-4, 1)

private func distance(_ configuration: RunConfiguration) -> Double {
  abs(log10(configuration.train.learningRate) + 2) + 0.1
}

@Test("A search's rounds come one by one from results, and the plan says how many are to come")
func roundsOfASearch() throws {
  let plan = try growing([spec("s", [rates], seeds: .count(2), strategy: tpe(12))])
  let results = Results()
  #expect(plan.plan.sweeps[0].configurations.count == 6 && plan.plan.sweeps[0].pending == 6)
  #expect(plan.plan.sweeps[0].pendingRuns == 12)
  #expect(try !plan.grow(results))
  results.train(plan.plan.sweeps[0], value: distance)
  let last = plan.plan.sweeps[0].runs[11].key
  let held = results.known.removeValue(forKey: last)
  #expect(try !plan.grow(results))
  results.known[last] = held
  #expect(try plan.grow(results))
  #expect(plan.plan.sweeps[0].configurations.count == 9 && plan.plan.sweeps[0].pending == 3)
  results.train(plan.plan.sweeps[0], value: distance)
  #expect(try plan.grow(results))
  #expect(plan.plan.sweeps[0].pending == 0 && plan.plan.sweeps[0].runs.count == 24)
  results.train(plan.plan.sweeps[0], value: distance)
  _ = try plan.grow(results)
  // Whoever finds all results comes to the same plan at once.
  let again = try growing([spec("s", [rates], seeds: .count(2), strategy: tpe(12))])
  try again.grow(results)
  #expect(again.plan.sweeps[0].runs.map(\.key) == plan.plan.sweeps[0].runs.map(\.key))
  #expect(Set(plan.plan.sweeps[0].configurations.map(\.label)).count == 12)
}

@Test("Diverged runs rank last in a search")
func divergedInASearch() throws {
  let plan = try growing([spec("s", [rates], strategy: tpe(24))])
  let results = Results()
  for _ in 0..<8 {
    for run in plan.plan.sweeps[0].runs where results.known[run.key] == nil {
      let rate = run.configuration.train.learningRate
      results.known[run.key] = RunResult(
        status: rate > 1e-2 ? .diverged : .completed, best: rate > 1e-2 ? -100 : 1 - rate)
    }
    try plan.grow(results)
  }
  let late = plan.plan.sweeps[0].configurations.suffix(12)
  #expect(plan.plan.sweeps[0].pending == 0)
  #expect(late.count { $0.configuration.train.learningRate <= 1e-2 } >= 8)
}

@Test("asha holds all at a rung, lets the best third on, and asks no more of the others")
func stopping() throws {
  let rule = SweepSpec.Stop(
    Chosen("asha", ["min_epochs": .integer(2), "reduction": .integer(3)]), mark: Sample.mark(5))
  let axis = Sample.axis("lr", (1...9).map { "0.0\($0)" })
  let plan = try growing([spec("s", [axis], stop: rule)])
  let results = Results()
  func limits() -> [Int?] {
    plan.plan.sweeps[0].configurations.map { plan.plan.sweeps[0].limits[$0.key] }
  }
  #expect(limits() == Array(repeating: 2, count: 9))
  results.train(plan.plan.sweeps[0], value: distance)
  #expect(try plan.grow(results))
  // lr 0.01 is best, then 0.02, 0.03 by the distance to 10^-2.
  #expect(limits() == [6, 6, 6] + Array(repeating: 2, count: 6))
  results.train(plan.plan.sweeps[0], value: distance)
  #expect(try plan.grow(results))
  #expect(limits() == [18, 6, 6] + Array(repeating: 2, count: 6))
  results.train(plan.plan.sweeps[0], value: distance)
  #expect(try plan.grow(results))
  #expect(limits() == [nil, 6, 6] + Array(repeating: 2, count: 6))
  // What a run came to after the rung, as in another sweep, changes nothing.
  for run in plan.plan.sweeps[0].runs.suffix(6) {
    results.known[run.key] = RunResult(
      status: .completed, best: -1,
      curve: (1...20).map { .init(epoch: $0, value: $0 > 2 ? -1 : 9) })
  }
  let again = try growing([spec("s", [axis], stop: rule)])
  try again.grow(results)
  #expect(
    again.plan.sweeps[0].configurations.suffix(6).allSatisfy {
      again.plan.sweeps[0].limits[$0.key] == 2
    })
}

@Test("A sweep takes the best configurations of another when that is done, with its own axes")
func bestOfAnother() throws {
  let plan = try growing([
    spec("search", [rates], seeds: .count(2), strategy: tpe(9)),
    spec(
      "final", [Sample.axis("batch_size", ["8", "16"])], seeds: .count(3),
      from: SweepSpec.From(best: 2, of: "search", mark: Sample.mark(2))),
  ])
  let results = Results()
  #expect(plan.plan.sweeps[1].configurations.isEmpty)
  #expect(plan.plan.sweeps[1].pending == 4 && plan.plan.sweeps[1].pendingRuns == 12)
  for _ in 0..<3 {
    results.train(plan.plan.sweeps[0], value: distance)
    try plan.grow(results)
  }
  let search = plan.plan.sweeps[0].configurations
  let best = search.map(\.configuration).sorted { distance($0) < distance($1) }.prefix(2)
  let final = plan.plan.sweeps[1]
  #expect(final.pending == 0 && final.runs.count == 12 && final.axes == ["lr", "batch_size"])
  #expect(
    final.configurations.map(\.configuration.train.learningRate)
      == best.flatMap { [$0.train.learningRate, $0.train.learningRate] })
  #expect(final.configurations.map { $0.points[0].values.count } == [2, 2, 2, 2])
}
