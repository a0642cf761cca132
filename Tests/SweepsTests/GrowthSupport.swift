import Experiments
import FileLanguage
import NeuralNet
import Runs
import Search
import Sweeps
import TestSupport
import Tracking

/// Curves of runs, given out as far as a plan asks for them.
final class CurveResults: RunResults {
  /// A curve a run, by learning rate and seed; epoch 0 first.
  let curve: (_ rate: Double, _ seed: Int) -> [Double]
  /// The epoch at which a run diverges; its curve ends before it.
  let diverges: (_ rate: Double, _ seed: Int) -> Int?
  private(set) var known: [String: RunResult] = [:]

  init(
    diverges: @escaping (Double, Int) -> Int? = { _, _ in nil },
    curve: @escaping (Double, Int) -> [Double]
  ) {
    self.curve = curve
    self.diverges = diverges
  }

  func results(ofKeys keys: [String], curves: Bool) -> [String: RunResult] {
    Dictionary(
      uniqueKeysWithValues: keys.compactMap { key in
        known[key].map {
          (key, curves ? $0 : RunResult(status: $0.status, best: $0.best))
        }
      })
  }

  /// Trains what a plan knows, as far as it asks for.
  func train(_ plan: SweepPlan, direction: Direction = .minimize) {
    for run in plan.runs {
      let (rate, seed) = (run.configuration.train.learningRate, run.seed)
      let whole = curve(rate, seed).enumerated().map {
        RunResult.EpochValue(epoch: $0, value: $1)
      }
      var end = plan.limit(of: run) ?? whole.count - 1
      let bad = diverges(rate, seed).flatMap { $0 <= end ? $0 : nil }
      if let bad { end = bad - 1 }
      let values = whole.dropFirst().prefix(end).map(\.value)
      known[run.key] = RunResult(
        status: bad != nil ? .diverged : end == whole.count - 1 ? .completed : .stopped,
        best: direction == .minimize ? values.min() : values.max(), curve: Array(whole[...end]))
    }
  }
}

extension Sample {
  /// Reads a combination as a file with another objective would.
  static func decode(
    maximizing metric: Metric
  ) -> (Combination, Formula?) -> Result<RunConfiguration?, Diagnostics> {
    { combination, formula in
      decode(combination, formula).map { found in
        var copy = found
        copy?.objective = Objective(metric, .maximize)
        return copy
      }
    }
  }

  /// A plan that grows, whose objective is made small or large.
  static func growing(
    _ sweeps: [SweepSpec], _ direction: Direction = .minimize
  ) throws -> GrowingPlan {
    try GrowingPlan(
      experiment: "sample", sweeps: sweeps, facts: facts(),
      decode: direction == .minimize
        ? { decode($0, $1) } : decode(maximizing: .valAccuracy))
  }

  /// A range of learning rates to search.
  static var rates: SweepSpec.Axis {
    SweepSpec.Axis(
      path: path("lr"), written: "lr", mark: mark(3),
      range: SearchedRange(.logUniform, from: 1e-4, to: 1), rangeMark: mark(4))
  }

  static func search(_ runs: Int) -> SweepSpec.Strategy {
    SweepSpec.Strategy(
      Chosen(
        "tpe",
        [
          "runs": .integer(runs), "seed": .integer(1), "startup": .integer(8),
          "round": .integer(4),
        ]))
  }

  static func stop(_ name: String, _ least: Int, _ reduction: Int) -> SweepSpec.Stop {
    SweepSpec.Stop(
      Chosen(name, ["min_epochs": .integer(least), "reduction": .integer(reduction)]),
      mark: mark(5))
  }
}
