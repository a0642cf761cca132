import Dashboard
import Foundation
import Testing

@Suite struct KeyColourTests {
  /// WCAG's relative luminance.
  private func luminance(_ hex: String) -> Double {
    let number = Int(hex.dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double((number >> shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ a: String, _ b: String) -> Double {
    let (a, b) = (luminance(a), luminance(b))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test func coloursAreReadByDayAndByNight() {
    let colours = (0..<3000).map { KeyColour("key \($0)") }
    for colour in colours {
      #expect(colour.hex.wholeMatch(of: /#[0-9a-f]{6}/) != nil)
      #expect(contrast(colour.hex, "#fdfdfb") >= 3, "\(colour.hex) by day")
      #expect(contrast(colour.hex, "#17181b") >= 3, "\(colour.hex) by night")
    }
    #expect(Set(colours.map(\.hex)).count == 72)
    #expect(Set(colours.map(\.dashes)).count == 4)
  }

  /// FNV-1a and OKLCH by hand: addresses and figures that were sent keep their colours.
  @Test func coloursStay() {
    #expect(KeyColour("").hex == KeyColour("").hex)
    #expect(KeyColour("a") != KeyColour("b"))
  }
}
