/// An exponential moving average that is not drawn towards zero at its start.
///
/// s(t) = b s(t - 1) + (1 - b) y(t), divided by 1 - b^t. What is not finite is left as it is and does not
/// count.
package struct MovingAverage: Sendable {
  private let kept: Double
  private var sum = 0.0
  private var weight = 0.0

  /// - Parameter kept: b, from 0, which changes nothing, to below 1.
  package init(_ kept: Double) { self.kept = kept }

  /// The average after a further value.
  package mutating func next(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    if kept == 0 { return value }
    sum = kept * sum + (1 - kept) * value
    weight = kept * weight + (1 - kept)
    return sum / weight
  }
}
