package import Foundation
package import Tracking

extension FigureWriter {
  /// The most bytes of a picture that goes into pages and repositories: an SVG.
  package static let mostBytes = 1 << 20

  /// An SVG of at most `mostBytes`: one whose lines take more holds an image of them, in its size and
  /// with its words, which is said.
  ///
  /// An image that is too large too has half as many pixels along a side. Where the image would not be
  /// smaller, as of a photograph, the drawing stays as it is.
  /// - Parameter image: draws it with a share of its usual pixels along a side.
  package func bounded(
    _ svg: Data, for target: String, image: (_ share: Double) throws(LabbookError) -> Data
  ) throws(LabbookError) -> Data {
    guard svg.count > Self.mostBytes, let end = svg.firstRange(of: Data("</desc>".utf8)) else {
      return svg
    }
    var coded = try image(1).base64EncodedData()
    if svg[..<end.upperBound].count + coded.count + 100 > Self.mostBytes {
      coded = try image(0.5).base64EncodedData()
    }
    guard coded.count < svg.count else { return svg }
    say(
      "\(target) would have \(Self.megabytes(svg.count)) of lines and holds an image of them, "
        + "\(Self.megabytes(coded.count)); format: pdf keeps the lines")
    return svg[..<end.upperBound]
      + Data("\n<image width=\"100%\" height=\"100%\" xlink:href=\"data:image/png;base64,".utf8)
      + coded + Data("\"/>\n</svg>\n".utf8)
  }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = max(1, bytes * 10 / (1 << 20))
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
