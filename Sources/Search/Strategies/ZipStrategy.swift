package import Tracking

/// The first values of all axes together, then the second ones; all have the same length.
package struct ZipStrategy: ListedStrategy {
  package static let choice = Choice("zip", "first values together, then the second ones")

  package init() {}

  package func count(of lengths: [Int]) -> Int { lengths.min() ?? 1 }

  package func combination(_ number: Int, of lengths: [Int]) -> [Int] {
    lengths.map { _ in number }
  }

  package func problem(of space: SearchSpace) -> SpaceProblem? {
    if let problem = searchProblem(of: space) { return problem }
    guard let first = space.lists.first,
      let other = space.lists.firstIndex(where: { $0.count != first.count })
    else { return nil }
    let lengths = space.lists.map { "'\($0.label)' has \($0.count)" }.joined(separator: ", ")
    return SpaceProblem(
      .list(other), "the strategy zip takes axes of one length: \(lengths)",
      notes: ["give every axis as many values, or use the strategy grid for all combinations"])
  }
}
