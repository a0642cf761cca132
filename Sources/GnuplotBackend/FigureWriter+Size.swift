package import Foundation
package import Tracking

extension FigureWriter {
  /// The most bytes of a picture that goes into pages and repositories: an SVG.
  package static let mostBytes = 1 << 20

  /// An SVG of at most `mostBytes`: one whose lines take more holds an image of them, in its size and
  /// with its words, which is said.
  ///
  /// An image that is too large too has fewer pixels along a side, at least a quarter. Where the image would not be
  /// smaller, as of a photograph, the drawing stays as it is.
  /// - Parameter image: draws it with a share of its usual pixels along a side.
  package func bounded(
    _ svg: Data, for target: String, image: (_ share: Double) throws(LabbookError) -> Data
  ) throws(LabbookError) -> Data {
    guard svg.count > Self.mostBytes, let end = svg.firstRange(of: Data("</desc>".utf8)) else {
      return svg
    }
    var coded = Data()
    for share in [1, 0.5, 0.35, 0.25] {
      coded = try image(share).base64EncodedData()
      if svg[..<end.upperBound].count + coded.count + 100 <= Self.mostBytes { break }
    }
    guard coded.count < svg.count else { return svg }
    say(
      of: target,
      "\(target) would have \(Self.megabytes(svg.count)) of lines and holds an image of them, "
        + "\(Self.megabytes(coded.count)); format: pdf keeps the lines")
    return svg[..<end.upperBound]
      + Data("\n<image width=\"100%\" height=\"100%\" xlink:href=\"data:image/png;base64,".utf8)
      + coded + Data("\"/>\n</svg>\n".utf8)
  }

  /// Says something of a picture; what lies hidden beside one is its look by night, of which the same
  /// would be said.
  private func say(of target: String, _ sentence: String) {
    let isHidden = target.split(separator: "/").last?.hasPrefix(".") == true
    if !isHidden { say(sentence) }
  }

  /// Says that a picture of a width is taller than a page.
  func sayHeight(of layout: Layout, for target: String) {
    guard layout.isSized, layout.isTall else { return }
    let height = Int((layout.height * layout.unit * 2.54 / 72).rounded())
    say(
      of: target,
      "\(target) is \(height) cm tall, more than a page: a greater width, or top: for fewer groups, "
        + "makes it shorter")
  }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = max(1, bytes * 10 / (1 << 20))
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
