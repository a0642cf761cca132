import Figures
import Testing

@Suite struct StyleTests {
  @Test func thirtySeriesLookDifferent() {
    let strokes = (0..<28).map { Style.light.series($0, of: 30) }
    #expect(Set(strokes.map { "\($0.color.hex)\($0.dash)" }).count == 28)
  }

  @Test func neighboursDifferInGrey() {
    let greys = (0..<7).map { Style.light.series($0, of: 7).color.luminance }
    for (a, b) in zip(greys, greys.dropFirst()) { #expect(abs(a - b) > 0.06) }
  }

  @Test func orderedSeriesGoFromDarkToLight() {
    let greys = (0..<6).map { Style.light.series($0, of: 6, ordered: true).color.luminance }
    #expect(greys == greys.sorted())
  }

  @Test func textOnAnyColourIsReadable() {
    for step in 0...20 {
      let color = Style.sequential(Double(step) / 20)
      let text = color.readableText
      let bright = max(color.luminance, text.luminance) + 0.05
      let dark = min(color.luminance, text.luminance) + 0.05
      #expect(bright / dark >= 4.0)
    }
  }

  @Test func coloursAreWrittenInSixDigits() {
    #expect(Color(0x0072B2).hex == "#0072b2")
    #expect(Color(0x000001).hex == "#000001")
    #expect(Color.black.mixed(with: .white, share: 0.5).hex == "#808080")
  }
}
