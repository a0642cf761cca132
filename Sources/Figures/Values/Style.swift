public import Drawing
public import Languages

/// How every figure looks and speaks: colours, dashes, markers, fonts, distances and the language of its
/// words, in one place.
///
/// The colours of series are those of Okabe and Ito, which stay apart for the colour-blind, two of
/// them darker and in an order in which neighbours differ in lightness by 17 of 100 and more, also as
/// people without green or red cones see them; its yellow is left out, it is hard to see on white.
public struct Style: Hashable, Sendable, Codable {
  /// Behind everything.
  public var background: Color
  /// Titles, names and numbers.
  public var text: Color
  /// Small print, axis lines and ticks.
  public var muted: Color
  /// Faint lines from the ticks.
  public var grid: Color
  /// The fill of what has no value: diverged cells, missing ones.
  public var absent: Color
  /// The colours of series, in order.
  public var palette: [Color]
  /// The part of the sequence of colours that stands out on the background, for ordered series.
  public var sequence: ClosedRange<Double> = 0...0.86
  /// In which its words are.
  public var language = Language.english

  /// Dark on white, for pages and papers.
  public static let light = Style(
    background: .white, text: Color(0x1A1A1A), muted: Color(0x595959), grid: Color(0xE3E3E3),
    absent: Color(0xD0D0D0),
    palette: [
      Color(0x0072B2), Color(0xE69F00), Color(0x00795A), Color(0x56B4E9), Color(0xB84A00),
      Color(0x222222), Color(0xCC79A7),
    ])

  /// Light on dark, for screens: the same hues in the same order, light enough for a dark ground.
  public static let dark = Style(
    background: Color(0x16181D), text: Color(0xECECEC), muted: Color(0xA9ADB5),
    grid: Color(0x343840), absent: Color(0x4A4E57),
    palette: [
      Color(0x4480EE), Color(0xF6C15A), Color(0x178A67), Color(0x8BD2FA), Color(0xD9531A),
      Color(0xF5F5F5), Color(0xE6A3CD),
    ], sequence: 0.3...1)

  /// Points, at 72 to the inch; a picture's pixels.
  public static let titleSize = 15.0
  /// The size of a panel's title.
  public static let panelTitleSize = 12.5
  /// The size of axis labels.
  public static let labelSize = 12.0
  /// The size of numbers along an axis.
  public static let tickSize = 11.0
  /// The size of small print.
  public static let noteSize = 10.0
  /// The size of a legend's text.
  public static let legendSize = 11.0
  /// The size of a long legend's text.
  public static let smallLegendSize = 9.0
  /// The family of all text.
  public static let font = "sans-serif"

  /// How the series of `index` is drawn among `count` of them.
  ///
  /// Ordered series (the values of one number, such as rates) go from dark to light; others take
  /// the palette's colours, and another dash and marker each time the colours are used up.
  public func series(_ index: Int, of count: Int, ordered: Bool = false) -> Stroke {
    if ordered && count > 2 {
      let share = Double(index) / Double(max(1, count - 1))
      return Stroke(
        color: Style.sequential(
          sequence.lowerBound + (sequence.upperBound - sequence.lowerBound) * share),
        marker: Style.marker(index))
    }
    let round = index / palette.count
    return Stroke(
      color: palette[index % palette.count], dash: Dash.allCases[round % Dash.allCases.count],
      marker: Style.marker(index + round))
  }

  /// The fill of class `index`'s region: its colour, paled so that points stand out on it.
  public func region(_ index: Int) -> Color {
    classColor(index).mixed(with: background, share: 0.68)
  }

  /// The colour of class `index`; beyond the palette the colours come again, paler.
  public func classColor(_ index: Int) -> Color {
    let round = Double(index / palette.count)
    return palette[index % palette.count].mixed(with: background, share: min(0.6, 0.35 * round))
  }

  /// The marker of class or series `index`.
  public static func marker(_ index: Int) -> Marker {
    Marker.series[index % Marker.series.count]
  }

  /// A colour from dark violet (0) over green to yellow (1), even in lightness: matplotlib's
  /// viridis, interpolated between nine of its colours.
  public static func sequential(_ share: Double) -> Color {
    let place = max(0, min(1, share.isFinite ? share : 0)) * Double(viridis.count - 1)
    let below = min(Int(place), viridis.count - 2)
    return viridis[below].mixed(with: viridis[below + 1], share: place - Double(below))
  }

  /// A colour of a circle that ends where it begins: dark blue, teal, orange, purple, even enough in
  /// lightness to be told apart in pairs.
  public static func cyclic(_ share: Double) -> Color {
    let place = max(0, min(1, share.isFinite ? share : 0)) * Double(circle.count)
    let below = Int(place) % circle.count
    return circle[below].mixed(
      with: circle[(below + 1) % circle.count], share: place - place.rounded(.down))
  }

  private static let circle = [
    Color(0x0072B2), Color(0x56B4E9), Color(0x009E73), Color(0xE69F00), Color(0xD55E00),
    Color(0xCC79A7), Color(0x5B3A8C),
  ]

  /// A colour from blue (-1) over the background (0) to orange red (1), for signed numbers.
  public func diverging(_ share: Double) -> Color {
    guard share.isFinite else { return absent }
    let end = share < 0 ? Color(0x0B4F8A) : Color(0xB34700)
    return background.mixed(with: end, share: min(1, abs(share)))
  }

  private static let viridis = [
    Color(0x440154), Color(0x472D7B), Color(0x3B528B), Color(0x2C728E), Color(0x21918C),
    Color(0x28AE80), Color(0x5EC962), Color(0xADDC30), Color(0xFDE725),
  ]
}

/// How a line or a point is drawn.
public struct Stroke: Hashable, Sendable, Codable {
  /// Its colour.
  public var color: Color
  /// Points along the x axis.
  public var width: Double
  /// The pattern of the line.
  public var dash: Dash
  /// The sign at points.
  public var marker: Marker
  /// From 0, invisible, to 1.
  public var opacity: Double

  /// Makes a stroke; points of `marker` are drawn only where a layer asks for them.
  public init(
    color: Color, width: Double = 1.8, dash: Dash = .solid, marker: Marker = .disc,
    opacity: Double = 1
  ) {
    self.color = color
    self.width = width
    self.dash = dash
    self.marker = marker
    self.opacity = opacity
  }
}

/// The pattern of a line.
public enum Dash: String, Hashable, Sendable, Codable, CaseIterable {
  case solid, dashed, dotted, dashDotted
}

/// The sign drawn at a point.
public enum Marker: String, Hashable, Sendable, Codable, CaseIterable {
  case disc, square, triangle, diamond, circle, openSquare, openTriangle, cross, plus

  /// Those that tell series apart; the crosses are kept for what went wrong.
  public static let series: [Marker] = [
    .disc, .square, .triangle, .diamond, .circle, .openSquare, .openTriangle,
  ]
}
