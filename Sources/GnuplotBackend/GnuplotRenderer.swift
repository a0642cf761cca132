public import Figures
public import Foundation
public import Tracking

/// Figures as pictures of one format.
public struct GnuplotRenderer: FigureRenderer {
  private let writer: FigureWriter
  private let format: PictureFormat

  /// Draws with the gnuplot processes of a writer.
  public init(_ format: PictureFormat, writer: FigureWriter = FigureWriter()) {
    self.format = format
    self.writer = writer
  }

  /// The picture of a figure.
  public func render(_ figure: Figure) throws(LabbookError) -> Data {
    try writer.picture(of: figure, format)
  }
}
