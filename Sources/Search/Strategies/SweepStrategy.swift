package import Tracking

/// How a sweep goes through its axes.
///
/// Lists and counted ranges are combined by their places; a search adds proposals for the ranges that
/// it searches, for every combination of the lists. Both depend on the file and on results alone, so
/// that the same file gives the same combinations in the same order whatever runs beside it.
package protocol SweepStrategy: Sendable {
  /// Its name and settings, as the file writes them.
  static var choice: Choice { get }

  /// Makes the strategy of checked settings.
  init(_ chosen: Chosen)

  /// How many combinations there are of lists of these lengths; `Int.max` stands for more than can be
  /// counted.
  func count(of lengths: [Int]) -> Int

  /// The place of each list's value in the combination of a number below `count`.
  func combination(_ number: Int, of lengths: [Int]) -> [Int]

  /// How many proposals there are for each combination of the lists; 1 without a search.
  var proposals: Int { get }

  /// Whether proposals follow from the results of earlier ones.
  var isAdaptive: Bool { get }

  /// Whether a proposal is made when there is time for a run, from whatever results are there then.
  var isAsynchronous: Bool { get }

  /// How many proposals are made together, after the first `number` and before any of their results
  /// is looked at.
  func round(after number: Int) -> Int

  /// The proposals of some numbers, a value a range.
  ///
  /// - Parameters:
  ///   - numbers: those of one round.
  ///   - ranges: what is searched.
  ///   - trials: what came of all proposals before the round; nothing where `isAdaptive` is false.
  func propose(
    _ numbers: Range<Int>, of ranges: [SearchedRange], after trials: [SearchTrial]
  ) -> [[Double]]

  /// What keeps a space from being gone through; `nil` where nothing does.
  func problem(of space: SearchSpace) -> SpaceProblem?
}

extension SweepStrategy {
  /// In rounds, unless a strategy says otherwise.
  package var isAsynchronous: Bool { false }
}
