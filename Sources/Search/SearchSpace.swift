/// What a strategy goes through: lists of values, and ranges that are searched.
public struct SearchSpace: Sendable {
  /// The most combinations times seeds a sweep may have.
  public static let mostRuns = 100_000

  /// The lists in the order of nesting, with what the file calls each and how many values it has.
  package let lists: [(label: String, count: Int)]
  /// The ranges in the order of their axes, with what the file calls each.
  package let ranges: [(label: String, range: SearchedRange)]

  /// Makes a space of its axes.
  package init(
    lists: [(label: String, count: Int)], ranges: [(label: String, range: SearchedRange)]
  ) {
    self.lists = lists
    self.ranges = ranges
  }
}

/// Why a strategy cannot go through a space, for whoever knows where it was written.
package struct SpaceProblem: Hashable, Sendable {
  /// What of the space is wrong.
  package enum Place: Hashable, Sendable {
    /// The strategy itself.
    case strategy
    /// The list of a number, from 0.
    case list(Int)
    /// The range of a number, from 0.
    case range(Int)
  }

  /// What of the space is wrong.
  package let place: Place
  /// What is wrong with it.
  package let message: String
  /// What was expected.
  package let notes: [String]

  /// Makes a problem.
  package init(_ place: Place, _ message: String, notes: [String] = []) {
    self.place = place
    self.message = message
    self.notes = notes
  }
}
