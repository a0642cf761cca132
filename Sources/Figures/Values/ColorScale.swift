public import Drawing

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
  /// The part of the sequence of colours that is used.
  public var sequence: ClosedRange<Double>

  /// Makes a scale of a label and the values at its ends.
  public init(
    label: String, range: ClosedRange<Double>, scale: Axis.Scale = .linear,
    isReversed: Bool = false, sequence: ClosedRange<Double> = 0...1
  ) {
    self.sequence = sequence
    self.label = label
    self.range = range
    self.axis = Axis(label, scale: scale, range: range)
    self.isReversed = isReversed
  }

  /// The colour of a value; those outside take the colour of the nearer end.
  public func color(_ value: Double) -> Color {
    color(atShare: axis.position(value, in: range))
  }

  /// The colour at a share of the way from the lower to the upper end.
  public func color(atShare share: Double) -> Color {
    let place = max(0, min(1, share.isFinite ? share : 0))
    return Style.sequential(
      sequence.lowerBound
        + (sequence.upperBound - sequence.lowerBound) * (isReversed ? 1 - place : place))
  }
}
