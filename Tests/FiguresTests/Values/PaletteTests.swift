import Drawing
import Figures
import Foundation
import Testing

/// The colours of series as people see them who lack green or red cones, by Machado, Oliveira and
/// Fernandes (2009), severity 1, on linear sRGB; scripts/palette prints the same numbers.
@Suite struct PaletteTests {
  private static let sights: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  ]

  /// CIE 1976 lightness, 0 to 100.
  private func lightness(_ color: Color, _ sight: [[Double]]) -> Double {
    let linear = [color.red, color.green, color.blue].map { component in
      let share = Double(component) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let seen = sight.map { row in
      max(0, min(1, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    let luminance = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]
    return luminance > 0.008856 ? 116 * cbrt(luminance) - 16 : 903.3 * luminance
  }

  @Test(arguments: [Style.light, Style.dark]) func neighboursDifferInLightness(style: Style) {
    for sight in Self.sights {
      let all = style.palette.map { lightness($0, sight) }
      for (a, b) in zip(all, all.dropFirst()) { #expect(abs(a - b) > 17, "\(all)") }
    }
  }

  @Test(arguments: [Style.light, Style.dark]) func everyColourStandsOutFromTheGround(style: Style) {
    for color in style.palette {
      let lights = [color.luminance, style.background.luminance].sorted()
      #expect((lights[1] + 0.05) / (lights[0] + 0.05) > 1.9, "\(color.hex)")
    }
  }
}
