package import Experiments

/// The first values of all dimensions together, then the second ones; all have the same length.
package struct ZipStrategy: SweepStrategy {
  package init() {}

  package func count(of dimensions: [SweepDimension]) throws(Diagnostic) -> Int {
    guard let first = dimensions.first else { return 1 }
    if let other = dimensions.first(where: { $0.count != first.count }) {
      let lengths = dimensions.map { "'\($0.label)' has \($0.count)" }.joined(separator: ", ")
      throw Diagnostic(
        other.mark, "the strategy zip takes axes of one length: \(lengths)",
        notes: ["give every axis as many values, or use the strategy grid for all combinations"])
    }
    return first.count
  }

  package func combination(_ number: Int, of dimensions: [SweepDimension]) -> [Int] {
    dimensions.map { _ in number }
  }
}
