import Figures

/// The letters and colours of a figure's series, by the colours of its legend.
struct TerminalSeries {
  private var places: [Color: Int] = [:]

  init(_ figure: Figure) {
    for color in figure.legend.compactMap(\.color) where places[color] == nil {
      places[color] = places.count
    }
  }

  func index(_ color: Color) -> Int { places[color] ?? 0 }

  func letter(_ color: Color) -> Character? { places[color].map(TerminalSeries.letter) }

  /// The small letters, then the capitals, then the same again.
  static func letter(_ index: Int) -> Character {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return letters[index % letters.count]
  }
}

extension LegendEntry {
  /// The colour of what it explains.
  var color: Color? {
    switch sign {
    case .line(let stroke), .lineAndBand(let stroke), .lineAndMarker(let stroke),
      .marker(let stroke):
      stroke.color
    case .box(let color): color
    case .none: nil
    }
  }
}
