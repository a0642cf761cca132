// Counts of runs, updates and rows are products of what a file says, which may be anything.
extension Int {
  /// The quotient of two positive counts, rounded up.
  package func dividedRoundingUp(by other: Int) -> Int {
    self / other + (self % other == 0 ? 0 : 1)
  }

  /// The product of two counts, or `Int.max` where that is too small to hold it.
  package func multipliedSaturating(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }

  /// The sum of two counts, or `Int.max` where that is too small to hold it.
  package func addedSaturating(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The whole part of a number, the nearest `Int` where it is greater or less than any; 0 for
  /// not-a-number.
  package init(saturating number: Double) {
    let whole = number.isNaN ? 0 : number.rounded(.towardZero)
    self = Int(exactly: whole) ?? (whole < 0 ? .min : .max)
  }
}
