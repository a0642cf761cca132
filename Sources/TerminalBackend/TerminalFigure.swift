public import Figures
public import Terminal
import Tracking

/// A figure as lines of text for a terminal: curves as dots, regions as letters, heat maps as
/// tables.
///
/// Every series has a letter, which stands at the end of its curve, so that it can be told without
/// colours.
public struct TerminalFigure {
  private let figure: Figure
  private let width: Int
  private let style: TextStyle
  private let series: TerminalSeries

  /// Makes the lines of a figure for a terminal of `width` columns.
  public init(_ figure: Figure, width: Int, _ style: TextStyle) {
    self.figure = figure
    self.width = max(30, width)
    self.style = style
    series = TerminalSeries(figure)
  }

  /// The figure as text that ends in a line break.
  public var text: String { lines.map { $0 + "\n" }.joined() }

  /// The lines from the top.
  public var lines: [String] {
    var lines: [String] = []
    lines += wrapped(printable(figure.title), to: width).map { style.strong($0) }
    lines += wrapped(printable(figure.subtitle), to: width).map { style.faint($0) }
    lines += legend
    for panel in figure.panels.joined() {
      if !lines.isEmpty { lines.append("") }
      lines += TerminalPanel(panel, series: series, width: width, style).lines
    }
    if let sheet = figure.sheet { lines += [""] + sheet.items.map { clean(Self.words($0)) } }
    let notes = figure.notes + remarks
    if !notes.isEmpty { lines.append("") }
    return lines + notes.flatMap { wrapped(printable($0), to: width) }.map { style.faint($0) }
  }

  /// A picture in words: a terminal has no room for it.
  private static func words(_ item: Sheet.Item) -> String {
    let name = item.label.isEmpty ? "" : item.label + ": "
    guard let picture = item.picture else { return name + item.missing }
    return name + "\(picture.kind.rawValue.uppercased()), \(Int(picture.width.rounded())) x "
      + "\(Int(picture.height.rounded())), \(Quantity.bytes(Double(picture.bytes.count)))"
  }

  private func clean(_ text: String) -> String { fitted(printable(text), to: width) }

  /// What letters cannot show of the figure.
  private var remarks: [String] {
    let layers = figure.panels.joined().flatMap(\.layers)
    let hasBands = layers.contains { layer in
      switch layer {
      case .band: true
      case .points(let points): points.bars != nil
      default: false
      }
    }
    let untold = series.untold.joined(separator: ", ")
    return (hasBands ? ["Bands are not drawn here."] : [])
      + (untold.isEmpty ? [] : ["Not told apart here: \(untold)."])
  }

  /// Whether an entry of the legend has a letter, or is the heading of one that has.
  private func isTold(_ index: Int) -> Bool {
    let legend = figure.legend
    guard case .none = legend[index].sign, index + 1 < legend.count else {
      return !series.untold.contains(legend[index].label)
    }
    return !series.untold.contains(legend[index + 1].label)
  }

  /// The letters of the series with their names, as many a line as there is room for.
  private var legend: [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    let names = shortNames(figure.legend.map(\.label), to: width - 4)
    for (index, name) in names.enumerated() where isTold(index) {
      let entry = figure.legend[index]
      let place = series.place(entry)
      let letter = place.map(TerminalSeries.letter)
      let room = displayWidth(of: name) + (letter == nil ? 0 : 2) + 3
      if used > 0 && used + room > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      if used > 0 { line += "   " }
      if let place, let letter {
        line += style.series(String(letter), place) + " " + name
      } else {
        line += style.faint(name)
      }
      used += room
    }
    return used > 0 ? lines + [line] : lines
  }
}

/// Names as a terminal shows them, cut to a number of columns so that those that differ stay
/// different.
func shortNames(_ names: [String], to width: Int) -> [String] {
  ShortNames { Double(displayWidth(of: $0)) }.fitted(names.map(printable), to: Double(width))
}
