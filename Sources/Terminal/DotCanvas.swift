/// A picture of dots in a terminal: every character holds two columns and four rows of them, as
/// Unicode's Braille patterns.
public struct DotCanvas: Hashable, Sendable {
  /// Characters across.
  public let width: Int
  /// Lines.
  public let height: Int
  private var patterns: [UInt8]
  private var groups: [Int?]

  /// Makes an empty picture.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "a canvas of \(width) x \(height)")
    self.width = width
    self.height = height
    patterns = Array(repeating: 0, count: width * height)
    groups = Array(repeating: nil, count: width * height)
  }

  /// Sets the dot at a share of the width from the left and of the height from the bottom.
  ///
  /// Shares outside 0 to 1 and not-a-number set nothing. A character has the colour of its last dot.
  public mutating func dot(x: Double, y: Double, group: Int? = nil) {
    guard x >= 0, x <= 1, y >= 0, y <= 1 else { return }
    let column = Int((x * Double(2 * width - 1)).rounded())
    let row = Int(((1 - y) * Double(4 * height - 1)).rounded())
    let cell = row / 4 * width + column / 2
    patterns[cell] |= Self.bits[row % 4][column % 2]
    if let group { groups[cell] = group }
  }

  /// The lines from the top.
  public func lines(_ style: TextStyle = TextStyle(isColored: false)) -> [String] {
    (0..<height).map { row in
      (0..<width).map { column in
        let cell = row * width + column
        let letter = String(
          Unicode.Scalar(0x2800 + UInt32(patterns[cell])).map(Character.init) ?? " ")
        return groups[cell].map { style.series(letter, $0) } ?? letter
      }.joined()
    }
  }

  /// The bits of Unicode's Braille patterns by row and column of the dot.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}

extension TextStyle {
  /// Text in the colour of the series or class numbered `index`; six colours, then the same again.
  public func series(_ text: String, _ index: Int) -> String {
    let codes = [34, 33, 32, 35, 36, 31]
    return wrap(text, String(codes[index % codes.count]))
  }
}
