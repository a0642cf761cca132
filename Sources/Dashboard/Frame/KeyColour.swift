import Foundation

/// The colour of a run or a configuration: it follows from its key alone, and so is the same on every
/// page, in every selection and after every restart.
///
/// It is one of 72: 24 hues in three strengths, in OKLCH, each with a contrast of at least 3 to the
/// paper of the pages by day and by night. Where two things of one chart share a colour, their dashes
/// may still differ.
public struct KeyColour: Hashable, Sendable {
  /// The colour as CSS and SVG write it, such as `#3f7fb5`.
  public let hex: String
  /// The lengths of a line's dashes and gaps; empty for a whole line.
  public let dashes: [Int]

  /// The colour of a key: a run's `key`, a configuration's, or the text of a group's values.
  public init(_ key: String) {
    let hash = Self.hash(key)
    let hue = Double(hash % 24) * 15
    let (lightness, chroma) = Self.strengths[Int(hash / 24 % 3)]
    hex = Self.hex(lightness, chroma, hue)
    dashes = Self.patterns[Int(hash / 72 % 4)]
  }

  /// Lightness and chroma.
  private static let strengths: [(Double, Double)] = [(0.55, 0.15), (0.61, 0.11), (0.64, 0.16)]
  private static let patterns = [[], [7, 3], [2, 3], [9, 3, 2, 3]]

  /// FNV-1a, its upper half mixed into the lower.
  private static func hash(_ key: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
    return hash ^ (hash >> 33)
  }

  /// A colour of OKLCH as sRGB; a chroma that sRGB has not at that hue is made smaller.
  private static func hex(_ lightness: Double, _ chroma: Double, _ hue: Double) -> String {
    var chroma = chroma
    while true {
      let parts = linear(lightness, chroma, hue)
      if chroma < 0.01 || parts.allSatisfy({ (-0.0005...1.0005).contains($0) }) {
        return "#" + parts.map(digits).joined()
      }
      chroma -= 0.005
    }
  }

  /// Björn Ottosson's matrices from OKLab to linear sRGB.
  private static func linear(_ lightness: Double, _ chroma: Double, _ hue: Double) -> [Double] {
    let (a, b) = (chroma * cos(hue * .pi / 180), chroma * sin(hue * .pi / 180))
    let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    return [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
  }

  private static func digits(_ part: Double) -> String {
    let part = min(1, max(0, part))
    let curved = part <= 0.0031308 ? 12.92 * part : 1.055 * pow(part, 1 / 2.4) - 0.055
    return String(format: "%02x", Int((curved * 255).rounded()))
  }
}
