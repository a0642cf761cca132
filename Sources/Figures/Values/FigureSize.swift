/// How large a figure is asked to be; what is not said follows from what it shows.
///
/// Lengths are in points, 72 to the inch.
public struct FigureSize: Hashable, Sendable, Codable {
  /// The width of the whole picture.
  public var width: Double?
  /// The height of the whole picture.
  public var height: Double?
  /// The size of axis labels, by which all other text goes.
  public var fontSize: Double?
  /// Pixels to the inch, of a picture made of pixels.
  public var dotsPerInch: Double?

  /// Makes a size; without anything said the figure decides.
  public init(
    width: Double? = nil, height: Double? = nil, fontSize: Double? = nil,
    dotsPerInch: Double? = nil
  ) {
    self.width = width
    self.height = height
    self.fontSize = fontSize
    self.dotsPerInch = dotsPerInch
  }

  /// Whether anything about places and text is said.
  public var isAsked: Bool { width != nil || height != nil || fontSize != nil }
}
