package import Tracking

/// A strategy that goes through lists and searches nothing.
package protocol ListedStrategy: SweepStrategy {
  /// Makes the strategy, which has no settings.
  init()
}

extension ListedStrategy {
  package init(_ chosen: Chosen) { self.init() }

  package var proposals: Int { 1 }
  package var isAdaptive: Bool { false }
  package func round(after number: Int) -> Int { max(0, 1 - number) }

  package func propose(
    _ numbers: Range<Int>, of ranges: [SearchedRange], after trials: [SearchTrial]
  ) -> [[Double]] {
    numbers.map { _ in [] }
  }

  /// A range without values of its own cannot be listed.
  package func problem(of space: SearchSpace) -> SpaceProblem? { searchProblem(of: space) }

  /// The error of the first searched range.
  package func searchProblem(of space: SearchSpace) -> SpaceProblem? {
    guard let axis = space.ranges.first else { return nil }
    let counted =
      axis.range.kind == .choice
      ? "a list, as \(axis.label): [a, b]" : "a counted range, as {log: [1e-4, 1e-2], count: 3}"
    return SpaceProblem(
      .range(0),
      "'\(axis.label)' is a range to search, and the strategy \(Self.choice.name) searches nothing",
      notes: [
        "write strategy: {name: random, runs: 20} (or sobol, tpe; 20 configurations, each with every seed) "
          + "beside 'over', or \(counted)"
      ])
  }
}
