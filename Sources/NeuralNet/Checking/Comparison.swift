/// Slopes by backward and by central differences, entry by entry.
struct Comparison {
  private(set) var worst = 0.0
  private(set) var compared = 0
  private(set) var skipped = 0

  /// The steps of the differences, times the entry where that is above 1.
  ///
  /// A smaller one is tried where a greater one seems to have stepped over a kink. Beside each, how
  /// much the slopes to the left and to the right of a smooth function may differ: its curvature
  /// times the step.
  private static let steps = [(1e-5, 1e-3), (1e-6, 1e-4), (1e-7, 2e-5)]
  /// A difference that ends the search for a better step.
  private static let good = 1e-7

  /// Compares one slope of a function.
  ///
  /// Where the slopes to the left and to the right disagree at every step the entry lies on a kink
  /// and is skipped. A difference counts relative to the slope where that is above 1, and to what
  /// rounding leaves of a great value.
  mutating func compare(_ slope: Double, at value: Double, _ here: Double, _ f: (Double) -> Double)
  {
    var least: Double?
    for (step, bend) in Self.steps {
      // The places that are really taken.
      let (above, below) = (
        value + step * max(1, abs(value)), value - step * max(1, abs(value))
      )
      let (high, low) = (f(above), f(below))
      let (right, left) = ((high - here) / (above - value), (here - low) / (value - below))
      let scale = max(1, abs(slope), 1e-4 * abs(here))
      guard abs(right - left) <= bend * max(1, abs(right), 1e-4 * abs(here)) else { continue }
      let difference = abs((high - low) / (above - below) - slope) / scale
      // Not-a-number must not pass for no difference.
      least = min(least ?? .infinity, difference.isNaN ? .infinity : difference)
      if difference <= Self.good { break }
    }
    guard let least else {
      skipped += 1
      return
    }
    compared += 1
    worst = max(worst, least)
  }
}
