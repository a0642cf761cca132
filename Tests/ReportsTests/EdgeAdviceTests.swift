import Experiments
import Foundation
import Pages
import Results
import RunStorage
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// What is advised of sweeps whose best value was told to lie here or there.
struct EdgeAdviceTests {
  private func advice(
    _ axes: String, objective: String = "{maximize: val/accuracy}", seeds: Int = 1,
    extra: String = "", _ tell: @escaping (RunConfiguration) -> Told?
  ) throws -> [String] {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}}
      objective: \(objective)
      train: {epochs: 2, model: hidden}
      notebook:
        - {sweep: s, over: \(axes), seeds: \(seeds)\(extra)}
      """, tell: tell)
    defer { told.remove() }
    let results = try SweepView(told.plan.sweeps[0], in: told.store)
    return results.edgeAdvice(told.experiment.sweeps[0])
  }

  private static func accuracy(_ value: Double) -> Told {
    Told(["val/accuracy": [value, 0], "val/loss": [value, 0]], best: 1)
  }

  @Test func theEdgeOfListedValuesIsNamed() throws {
    let upper = try advice("{lr: [0.3, 0.1, 0.2]}", seeds: 2) { run in
      Self.accuracy(run.number("train.lr"))
    }
    #expect(
      upper == [
        "s: lr = 0.3 is best by val/accuracy (mean over the seeds) and lies at the upper edge of "
          + "what was tried, 0.1 to 0.3; values beyond may be better"
      ])
    let lower = try advice("{lr: [0.3, 0.1, 0.2]}", objective: "{minimize: val/loss}") { run in
      Self.accuracy(run.number("train.lr"))
    }
    #expect(
      lower == [
        "s: lr = 0.1 is best by val/loss and lies at the lower edge of what was tried, 0.1 to 0.3; "
          + "values beyond may be better"
      ])
  }

  @Test func nothingIsAdvisedWithoutNeed() throws {
    // The best lies within.
    #expect(
      try advice("{lr: [0.1, 0.2, 0.3]}") { run in
        Self.accuracy(-abs(run.number("train.lr") - 0.2))
      } == [])
    // Two values have no inside.
    #expect(
      try advice("{lr: [0.1, 0.2], model: all}") { run in Self.accuracy(run.number("train.lr")) }
        == [])
    // A run is missing, or was interrupted.
    for status in [RunStatus.interrupted, .planned] {
      #expect(
        try advice("{lr: [0.1, 0.2, 0.3]}") { run in
          run.number("train.lr") == 0.1
            ? Told(["val/accuracy": [0]], best: 1, status) : Self.accuracy(run.number("train.lr"))
        } == [])
    }
    // No run has a value.
    #expect(
      try advice("{lr: [0.1, 0.2, 0.3]}") { _ in Told(["val/loss": [.nan]], .diverged) } == [])
    // Names have no edge.
    #expect(
      try advice("{optimizer: [sgd, adam, rmsprop]}") { run in
        Self.accuracy(run.train.optimizer.name == "sgd" ? 1 : 0)
      } == [])
  }

  /// The run whose value is nearest to a place of the range is the best.
  private func search(_ range: String, near place: Double, isLog: Bool = false) throws -> [String] {
    try advice(
      "{\(range)}", extra: ", strategy: {name: sobol, runs: 64}"
    ) { run in
      let value = run.number(range.hasPrefix("lr") ? "train.lr" : "train.batch_size")
      let distance = isLog ? abs(log10(value / place)) : abs(value - place)
      return Self.accuracy(-distance)
    }
  }

  @Test func theEdgeOfASearchedRangeIsATwentiethOfIt() throws {
    #expect(try search("lr: {uniform: [0.1, 1.1]}", near: 0.16) == [])
    #expect(try search("lr: {uniform: [0.1, 1.1]}", near: 1.04) == [])
    let low = try search("lr: {uniform: [0.1, 1.1]}", near: 0.1)
    #expect(low.count == 1 && low[0].contains("lower edge of what was tried, 0.1 to 1.1"))
    let high = try search("lr: {uniform: [0.1, 1.1]}", near: 1.1)
    #expect(high.count == 1 && high[0].contains("upper edge of what was tried, 0.1 to 1.1"))
    // Whole numbers have an edge only at their very ends.
    #expect(
      try search("batch_size: {int_uniform: [10, 13]}", near: 13)[0].contains(
        "s: batch_size = 13 is best by val/accuracy and lies at the upper edge"))
    #expect(
      try search("batch_size: {int_uniform: [10, 13]}", near: 10)[0].contains(
        "lower edge of what was tried, 10 to 13"))
    #expect(try search("batch_size: {int_uniform: [10, 90]}", near: 88) == [])
    // Of the five decades from 1e-5 to 1 a twentieth is a quarter: 10^-0.25 = 0.56.
    let range = "lr: {log_uniform: [1e-5, 1]}"
    #expect(try search(range, near: 0.45, isLog: true) == [])
    #expect(try search(range, near: 0.8, isLog: true).count == 1)
    #expect(try search(range, near: 2.2e-5, isLog: true) == [])
    #expect(try search(range, near: 1e-5, isLog: true).count == 1)
  }
}
