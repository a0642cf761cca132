import TensorKernels
package import Tracking

/// The points of a Sobol sequence, which fill the ranges more evenly than draws.
///
/// `scramble` shifts all points by random bits of the seed, one pattern a range (a digital shift,
/// which keeps how evenly they lie); without it the first point is the lower end of every range.
package struct SobolStrategy: SearchStrategy {
  package static var choice: Choice {
    Choice(
      "sobol",
      settings: commonSettings + [
        Setting(
          "scramble", .flag, default: .flag(true), "shift the points by random bits of the seed")
      ], "evenly spread points")
  }

  package static var mostRanges: Int { SobolSequence.mostDimensions }

  package let proposals: Int
  private let seed: Int
  private let isScrambled: Bool

  package init(_ chosen: Chosen) {
    self.init(
      proposals: chosen.integer("runs"), seed: chosen.integer("seed"),
      isScrambled: chosen.flag("scramble"))
  }

  package init(proposals: Int, seed: Int, isScrambled: Bool) {
    self.proposals = proposals
    self.seed = seed
    self.isScrambled = isScrambled
  }

  package func propose(
    _ numbers: Range<Int>, of ranges: [SearchedRange], after trials: [SearchTrial]
  ) -> [[Double]] {
    let random = CounterRandom(seed: seed, purpose: .search, stream: 1)
    let sequences = ranges.indices.map { place in
      SobolSequence(dimension: place, shift: isScrambled ? random.words(0, place)[0] : 0)
    }
    return numbers.map { number in
      zip(ranges, sequences).map { $0.value(at: $1.point(number)) }
    }
  }
}
