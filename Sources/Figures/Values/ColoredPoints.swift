public import Drawing

/// Single points with a colour each, such as a cloud coloured by where its points began.
public struct ColoredPoints: Hashable, Sendable, Codable {
  /// Where each point lies along the x axis.
  @Numbers public var xs: [Double]
  /// Where each point lies along the y axis.
  @Numbers public var ys: [Double]
  /// The colour of each point.
  public var colors: [Color]
  /// Diameter relative to the usual one.
  public var size: Double

  /// Makes points of lists of one length.
  public init(xs: [Double], ys: [Double], colors: [Color], size: Double = 1) {
    self.xs = xs
    self.ys = ys
    self.colors = colors
    self.size = size
    preconditionSound()
  }
}
