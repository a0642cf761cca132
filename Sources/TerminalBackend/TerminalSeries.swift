import Drawing
import Figures

/// The letters and colours of a figure's series, by the looks of its legend.
struct TerminalSeries {
  private struct Look: Hashable {
    let color: Color
    let dash: Dash?
  }

  private var places: [Look: Int] = [:]
  private var colors: [Color: Int] = [:]

  /// What the legend tells apart by looks that no letter shows, such as the dashes of grey lines.
  private(set) var untold: [String] = []

  init(_ figure: Figure) {
    let drawn = Set(figure.panels.joined().flatMap(\.layers).compactMap(\.color))
    for entry in figure.legend {
      guard let color = entry.color else { continue }
      guard drawn.contains(color) || figure.panels.joined().contains(where: \.isColored) else {
        untold.append(entry.label)
        continue
      }
      let look = Look(color: color, dash: entry.dash)
      guard places[look] == nil else { continue }
      places[look] = places.count
      colors[color] = colors[color] ?? places.count - 1
    }
  }

  /// How many series have a letter.
  var count: Int { places.count }

  /// The place of a stroke's series; of its colour's where its dash tells something else.
  func place(_ stroke: Stroke) -> Int? {
    places[Look(color: stroke.color, dash: stroke.dash)] ?? colors[stroke.color]
  }

  /// The place of a line of the legend.
  func place(_ entry: LegendEntry) -> Int? {
    guard let color = entry.color, !untold.contains(entry.label) else { return nil }
    return places[Look(color: color, dash: entry.dash)] ?? colors[color]
  }

  /// The small letters, then the capitals, then the same again.
  static func letter(_ index: Int) -> Character {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return letters[index % letters.count]
  }
}

extension LegendEntry {
  /// The colour of what it explains.
  fileprivate var color: Color? {
    switch sign {
    case .line(let stroke), .lineAndBand(let stroke), .lineAndMarker(let stroke),
      .marker(let stroke):
      stroke.color
    case .box(let color): color
    case .scale, .none: nil
    }
  }

  /// The dash of what it explains; `nil` where it has none.
  fileprivate var dash: Dash? {
    switch sign {
    case .line(let stroke), .lineAndBand(let stroke), .lineAndMarker(let stroke): stroke.dash
    case .marker, .box, .scale, .none: nil
    }
  }
}

extension Layer {
  /// The colour of a series that it draws.
  fileprivate var color: Color? {
    switch self {
    case .line(let line): line.stroke.color
    case .points(let points): points.stroke.color
    case .band(let band): band.color
    case .rule(let rule): rule.stroke.color
    default: nil
    }
  }
}

extension Panel {
  /// Whether its colours mean classes, as those of points or of regions.
  fileprivate var isColored: Bool {
    layers.contains { layer in
      switch layer {
      case .colored, .regions, .tiles, .heatMap: true
      default: false
      }
    }
  }
}
