package import Experiments

/// Every value of each dimension with every value of the others; the last dimension runs fastest.
package struct GridStrategy: SweepStrategy {
  package init() {}

  package func count(of dimensions: [SweepDimension]) throws(Diagnostic) -> Int {
    dimensions.reduce(1) { $0.multipliedSaturating(by: $1.count) }
  }

  package func combination(_ number: Int, of dimensions: [SweepDimension]) -> [Int] {
    var rest = number
    var places = dimensions.map { _ in 0 }
    for index in dimensions.indices.reversed() {
      places[index] = rest % dimensions[index].count
      rest /= dimensions[index].count
    }
    return places
  }
}

extension Int {
  /// The product of two counts, or `Int.max` where that is too small to hold it.
  func multipliedSaturating(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
