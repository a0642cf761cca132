package import Tracking

/// The first values of all axes together, then the second ones; all have the same length.
package struct ZipStrategy: ListedStrategy {
  package static let choice = Choice("zip", "first values together, then the second ones")

  package init() {}

  package func count(of lengths: [Int]) -> Int { lengths.min() ?? 1 }

  package func combination(_ number: Int, of lengths: [Int]) -> [Int] {
    lengths.map { _ in number }
  }

  package func problem(of sweep: SweepSpec) -> Diagnostic? {
    if let problem = searchProblem(of: sweep) { return problem }
    let dimensions = sweep.dimensions
    guard let first = dimensions.first,
      let other = dimensions.first(where: { $0.count != first.count })
    else { return nil }
    let lengths = dimensions.map { "'\($0.label)' has \($0.count)" }.joined(separator: ", ")
    return Diagnostic(
      other.mark, "the strategy zip takes axes of one length: \(lengths)",
      notes: ["give every axis as many values, or use the strategy grid for all combinations"])
  }
}
