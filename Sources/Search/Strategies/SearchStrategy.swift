package import Tracking

/// A strategy that searches ranges; beside it lists are combined as in a grid.
package protocol SearchStrategy: SweepStrategy {
  /// The most ranges it can search at once; `Int.max` for any number.
  static var mostRanges: Int { get }
}

extension SearchStrategy {
  package static var mostRanges: Int { .max }

  package func count(of lengths: [Int]) -> Int { GridStrategy().count(of: lengths) }

  package func combination(_ number: Int, of lengths: [Int]) -> [Int] {
    GridStrategy().combination(number, of: lengths)
  }

  package var isAdaptive: Bool { false }
  package func round(after number: Int) -> Int { max(0, proposals - number) }

  package func problem(of space: SearchSpace) -> SpaceProblem? {
    let name = Self.choice.name
    if space.ranges.isEmpty {
      return SpaceProblem(
        .strategy, "the strategy \(name) has no range to search",
        notes: [
          "expected one under 'over': {log_uniform: [a, b]}, {uniform: [a, b]}, {int_uniform: [a, b]}"
            + " or {choice: [...]}",
          "lists and counted ranges are gone through by the strategy grid",
        ])
    }
    guard space.ranges.count > Self.mostRanges else { return nil }
    return SpaceProblem(
      .range(Self.mostRanges),
      "the strategy \(name) searches at most \(Self.mostRanges) ranges, and this is one more")
  }

  /// The settings that every search has.
  package static var commonSettings: [Setting] {
    [
      Setting(
        "runs", .integer(1...SearchSpace.mostRuns), default: nil,
        "configurations, each with every seed; so many for every combination of lists and variants"),
      Setting("seed", .integer(Int.min...Int.max), default: .integer(1), "of the proposals"),
    ]
  }
}
