import TensorKernels
package import Tracking

/// Independent draws from every range.
///
/// The value of a range in a proposal is drawn by the proposal's number and the range's place, so that
/// more runs keep the proposals there are.
package struct RandomStrategy: SearchStrategy {
  package static var choice: Choice {
    Choice("random", settings: commonSettings, "independent draws from the ranges")
  }

  package let proposals: Int
  private let seed: Int

  package init(_ chosen: Chosen) {
    proposals = chosen.integer("runs")
    seed = chosen.integer("seed")
  }

  package func propose(
    _ numbers: Range<Int>, of ranges: [SearchedRange], after trials: [SearchTrial]
  ) -> [[Double]] {
    let random = CounterRandom(seed: seed, purpose: .search)
    return numbers.map { number in
      ranges.enumerated().map { $1.value(at: random.uniform(number, $0)) }
    }
  }
}
