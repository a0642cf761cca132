/// Single points with a colour each, such as a cloud coloured by where its points began.
public struct ColoredPoints: Hashable, Sendable {
  /// Where each point lies along the x axis.
  public var xs: [Double]
  /// Where each point lies along the y axis.
  public var ys: [Double]
  /// The colour of each point.
  public var colors: [Color]
  /// Diameter relative to the usual one.
  public var size: Double

  /// Makes points of lists of one length.
  public init(xs: [Double], ys: [Double], colors: [Color], size: Double = 1) {
    precondition(xs.count == ys.count && ys.count == colors.count, "lists of one length")
    self.xs = xs
    self.ys = ys
    self.colors = colors
    self.size = size
  }
}
