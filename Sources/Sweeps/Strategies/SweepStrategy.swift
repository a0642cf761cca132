package import Experiments

/// How a sweep goes through its axes.
///
/// A strategy proposes combinations by their number alone, so that the same file gives the same
/// combinations in the same order whatever runs beside it.
package protocol SweepStrategy: Sendable {
  /// How many combinations there are; `Int.max` stands for more than can be counted.
  ///
  /// - Throws: what is wrong with the axes, at their place.
  func count(of dimensions: [SweepDimension]) throws(Diagnostic) -> Int

  /// The place of each dimension's value in the combination of a number below `count`.
  func combination(_ number: Int, of dimensions: [SweepDimension]) -> [Int]
}

/// One thing that a sweep varies: an axis, or its variants.
package struct SweepDimension: Hashable, Sendable {
  package let label: String
  package let count: Int
  package let mark: Mark

  package init(label: String, count: Int, mark: Mark) {
    self.label = label
    self.count = count
    self.mark = mark
  }
}

extension SweepSpec.Strategy {
  /// The implementation of a strategy that a file names.
  package var implementation: any SweepStrategy {
    switch self {
    case .grid: GridStrategy()
    case .zip: ZipStrategy()
    }
  }
}
