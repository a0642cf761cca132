import Drawing
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

  @Test func coloursAreThoseOfTheirSources() {
    // Okabe and Ito (2008): blue, orange, green, (black), sky blue, vermilion, purple.
    #expect(
      Style.light.palette.map(\.hex) == [
        "#0072b2", "#e69f00", "#00795a", "#56b4e9", "#b84a00", "#222222", "#cc79a7",
      ])
    // matplotlib's viridis at eighths.
    #expect(
      (0...8).map { Style.sequential(Double($0) / 8).hex } == [
        "#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30",
        "#fde725",
      ])
    #expect(Style.sequential(-1).hex == "#440154" && Style.sequential(2).hex == "#fde725")
    #expect(Style.sequential(.nan).hex == "#440154")
  }

  @Test func signedNumbersAreBlueAndRed() {
    let style = Style.light
    // Half of #0b4f8a and of #b34700 with half of white, by hand.
    #expect(style.diverging(-0.5).hex == "#85a7c5" && style.diverging(0.5).hex == "#d9a380")
    #expect(style.diverging(-3).hex == "#0b4f8a" && style.diverging(3).hex == "#b34700")
    #expect(style.diverging(0) == .white && style.diverging(.nan) == style.absent)
    #expect(Style.dark.diverging(0).hex == "#16181d")
  }

  @Test func aCircleEndsWhereItBegins() {
    #expect(Style.cyclic(0).hex == "#0072b2" && Style.cyclic(1).hex == "#0072b2")
    #expect(
      (1..<7).map { Style.cyclic((Double($0) + 1e-9) / 7).hex } == [
        "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7", "#5b3a8c",
      ])
    // Halfway from the last colour back to the first: (91 + 0) / 2, (58 + 114) / 2, (140 + 178) / 2.
    #expect(Style.cyclic(6.5 / 7).hex == "#2e569f")
  }

  @Test func seriesBeyondThePaletteTakeDashesAndMarkers() {
    let strokes = [0, 6, 7, 14, 21, 28].map { Style.light.series($0, of: 30) }
    #expect(
      strokes.map(\.color.hex) == [
        "#0072b2", "#cc79a7", "#0072b2", "#0072b2", "#0072b2", "#0072b2",
      ])
    #expect(strokes.map(\.dash) == [.solid, .solid, .dashed, .dotted, .dashDotted, .solid])
    #expect(
      strokes.map(\.marker) == [
        .disc, .openTriangle, .square, .triangle, .diamond, .circle,
      ])
    #expect(Style.light.series(1, of: 2, ordered: true) == Style.light.series(1, of: 2))
    let dark = (0..<3).map { Style.dark.series($0, of: 3, ordered: true).color }
    #expect(dark == [0.3, 0.65, 1].map(Style.sequential))
  }

  @Test func classesBeyondThePaletteArePaler() {
    let style = Style.light
    #expect(style.classColor(6).hex == "#cc79a7")
    // #0072b2 with 35 %, 60 % and 60 % of white.
    #expect([7, 14, 21].map { style.classColor($0).hex } == ["#59a3cd", "#99c7e0", "#99c7e0"])
    // #e69f00 with 68 %.
    #expect(style.region(1).hex == "#f7e0ad")
    #expect(Style.marker(9) == .triangle)
  }

  @Test func luminanceIsThatOfTheGuidelines() {
    // WCAG 2: the weights of the primaries, and 0.2159 for half of white (128/255).
    #expect(abs(Color(0xFF0000).luminance - 0.2126) < 1e-12)
    #expect(abs(Color(0x00FF00).luminance - 0.7152) < 1e-12)
    #expect(abs(Color(0x0000FF).luminance - 0.0722) < 1e-12)
    #expect(abs(Color(0x808080).luminance - 0.21586) < 1e-5)
    // 8/255 = 0.0314 lies on the straight part: / 12.92.
    #expect(abs(Color(0x080808).luminance - 8.0 / 255 / 12.92) < 1e-12)
    #expect(Color(0x808080).readableText.hex == "#111111")
    #expect(Color(0x777777).readableText == .white)
  }

  @Test func coloursHaveTheirPartsInOrder() {
    let color = Color(0x123456)
    #expect([color.red, color.green, color.blue] == [0x12, 0x34, 0x56])
    #expect(color.hex == "#123456" && color == Color(red: 0x12, green: 0x34, blue: 0x56))
    // A quarter of the way from 100, 0, 200 to 0, 100, 201.
    let mixed = Color(red: 100, green: 0, blue: 200)
      .mixed(with: Color(red: 0, green: 100, blue: 201), share: 0.25)
    #expect(mixed == Color(red: 75, green: 25, blue: 200))
  }
}
