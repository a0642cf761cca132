public import Drawing

/// One line of the legend.
public struct LegendEntry: Hashable, Sendable, Codable {
  /// What stands before the text.
  public enum Sign: Hashable, Sendable, Codable {
    case line(Stroke)
    case lineAndBand(Stroke)
    case lineAndMarker(Stroke)
    case marker(Stroke)
    case box(Color)
    /// A strip of the colours from the least value to the greatest.
    case scale(ColorScale)
    /// A heading: no sign.
    case none
  }

  /// What is written beside it.
  public var label: String
  /// What stands before the text.
  public var sign: Sign

  /// Makes an entry of its text and sign.
  public init(_ label: String, _ sign: Sign) {
    self.label = label
    self.sign = sign
  }
}
