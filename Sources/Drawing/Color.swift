import Foundation

/// An opaque colour by its red, green and blue in sRGB.
public struct Color: Hashable, Sendable {
  /// The share of red, to 255.
  public let red: UInt8
  /// The share of green, to 255.
  public let green: UInt8
  /// The share of blue, to 255.
  public let blue: UInt8

  /// Makes a colour of its three components.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Makes a colour of 24 bits as they are written in a page: `Color(0x0072B2)`.
  public init(_ bits: UInt32) {
    self.init(
      red: UInt8(truncatingIfNeeded: bits >> 16), green: UInt8(truncatingIfNeeded: bits >> 8),
      blue: UInt8(truncatingIfNeeded: bits))
  }

  /// White.
  public static let white = Color(0xFFFFFF)
  /// Black.
  public static let black = Color(0x000000)

  /// The colour as pages and gnuplot write it, `#0072b2`.
  public var hex: String {
    let bits = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    let digits = String(bits, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The relative luminance of WCAG 2, from 0 for black to 1 for white.
  public var luminance: Double {
    func linear(_ component: UInt8) -> Double {
      let share = Double(component) / 255
      return share <= 0.03928 ? share / 12.92 : Foundation.pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Black or white, whichever is easier to read on this colour.
  public var readableText: Color { luminance > 0.2 ? Color(0x111111) : .white }

  /// This colour with `share` of another mixed in, component by component.
  public func mixed(with other: Color, share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8(max(0, min(255, (Double(a) + (Double(b) - Double(a)) * share).rounded())))
    }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }
}

extension Color: Codable {
  /// Reads `#0072b2`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    let digits = text.dropFirst()
    guard text.hasPrefix("#"), digits.count == 6, digits.allSatisfy(\.isHexDigit),
      let bits = UInt32(digits, radix: 16)
    else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected a colour such as #0072b2, found '\(text)'")
    }
    self.init(bits)
  }

  /// Writes `#0072b2`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
