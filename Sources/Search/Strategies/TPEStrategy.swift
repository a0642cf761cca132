import TensorKernels
package import Tracking

/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kegl, "Algorithms for
/// hyper-parameter optimization", 2011), over all ranges jointly.
///
/// After `startup` evenly spread points it models the best tenth of the trials (at most 25, none that
/// diverged) by a density l and the others by g, draws 24 candidates from l and proposes the one with the greatest
/// l/g. Proposals come in rounds of `round`: within a round the earlier ones count as bad, which keeps
/// them apart, and the results of a round are looked at when all of it is done.
package struct TPEStrategy: SearchStrategy {
  package static var choice: Choice {
    Choice(
      "tpe",
      settings: commonSettings + [
        Setting(
          "startup", .integer(1...SearchSpace.mostRuns), default: .integer(10),
          "evenly spread configurations before results are looked at"),
        Setting(
          "round", .integer(1...1000), default: .integer(4),
          "configurations proposed together from the same results"),
        Setting(
          "asynchronous", .flag, default: .flag(false),
          "proposes when there is time for a run, without rounds; not the same at every --jobs"),
      ], "proposals from a model of the results so far")
  }

  package static var mostRanges: Int { SobolSequence.mostDimensions }

  package let proposals: Int
  package var isAdaptive: Bool { true }
  package let isAsynchronous: Bool
  private let seed: Int
  private let startup: Int
  private let size: Int

  /// How many draws from the good ones are compared for a proposal.
  private static let candidates = 24
  private static let mostGood = 25
  /// Of more bad trials than these every n-th is looked at, so that a proposal's cost is bounded.
  private static let mostBad = 400

  package init(_ chosen: Chosen) {
    proposals = chosen.integer("runs")
    seed = chosen.integer("seed")
    startup = chosen.integer("startup")
    isAsynchronous = chosen.values["asynchronous"] == .flag(true)
    // Each follows from all results that there are.
    size = isAsynchronous ? 1 : chosen.integer("round")
  }

  package func round(after number: Int) -> Int {
    number < startup
      ? min(startup, proposals) - number : max(0, min(size, proposals - number))
  }

  package func propose(
    _ numbers: Range<Int>, of ranges: [SearchedRange], after trials: [SearchTrial]
  ) -> [[Double]] {
    if numbers.lowerBound < startup || trials.isEmpty {
      return SobolStrategy(proposals: proposals, seed: seed, isScrambled: true)
        .propose(numbers, of: ranges, after: [])
    }
    let (good, bad) = Self.split(trials)
    let better = ParzenEstimator(good.map(\.values), of: ranges)
    var worse = ParzenEstimator(bad.map(\.values), of: ranges)
    return numbers.map { number in
      let values = best(number, better, worse, ranges)
      worse.add(values)
      return values
    }
  }

  /// The best tenth, of equal scores the earlier ones, and the others in their order; what diverged is
  /// never good, however few others there are.
  private static func split(_ trials: [SearchTrial]) -> (good: [SearchTrial], bad: [SearchTrial]) {
    let ranked = trials.indices.sorted { (trials[$0].score, $0) < (trials[$1].score, $1) }
    let finite = trials.count { $0.score < .infinity }
    let count = min((trials.count + 9) / 10, mostGood, finite)
    let isGood = Set(ranked.prefix(count))
    let rest = trials.indices.filter { !isGood.contains($0) }
    let stride = max(1, (rest.count + mostBad - 1) / mostBad)
    let kept = rest.enumerated().filter { $0.offset % stride == 0 }.map { trials[$0.element] }
    return (ranked.prefix(count).map { trials[$0] }, kept)
  }

  private func best(
    _ number: Int, _ better: ParzenEstimator, _ worse: ParzenEstimator, _ ranges: [SearchedRange]
  ) -> [Double] {
    let random = CounterRandom(seed: seed, purpose: .search, stream: 2)
    var best: (values: [Double], ratio: Double) = ([], -.infinity)
    for candidate in 0..<Self.candidates {
      let values = better.draw(random, number, candidate)
      let ratio = better.logDensity(values) - worse.logDensity(values)
      if best.values.isEmpty || ratio > best.ratio { best = (values, ratio) }
    }
    return best.values
  }
}
