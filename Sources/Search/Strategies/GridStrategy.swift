package import Tracking

/// Every value of each axis with every value of the others; the last axis runs fastest.
package struct GridStrategy: ListedStrategy {
  package static let choice = Choice("grid", "every value with every other")

  package init() {}

  package func count(of lengths: [Int]) -> Int {
    lengths.reduce(1) { $0.multipliedSaturating(by: $1) }
  }

  package func combination(_ number: Int, of lengths: [Int]) -> [Int] {
    var rest = number
    var places = lengths.map { _ in 0 }
    for index in lengths.indices.reversed() {
      places[index] = rest % lengths[index]
      rest /= lengths[index]
    }
    return places
  }
}
