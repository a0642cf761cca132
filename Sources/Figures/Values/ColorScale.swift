/// What the colours between two values mean.
public struct ColorScale: Hashable, Sendable, Codable {
  /// What is written beside it.
  public var label: String
  /// The scale as an axis, for its ticks.
  public var axis: Axis
  /// The values at its ends.
  public var range: ClosedRange<Double>
  /// Whether the darkest colour stands for the largest value.
  public var isReversed: Bool

  /// Makes a scale of a label and the values at its ends.
  public init(
    label: String, range: ClosedRange<Double>, scale: Axis.Scale = .linear,
    isReversed: Bool = false
  ) {
    self.label = label
    self.range = range
    self.axis = Axis(label, scale: scale, range: range)
    self.isReversed = isReversed
  }

  /// The colour of a value; those outside take the colour of the nearer end.
  public func color(_ value: Double) -> Color {
    let share = axis.position(value, in: range)
    return Style.sequential(isReversed ? 1 - share : share)
  }
}
