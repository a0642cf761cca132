import Drawing
import Figures

/// Where the legend goes: above the panels where it is short, beside them in columns where not.
struct LegendPlan {
  private let entries: [LegendEntry]
  /// What is written beside each entry.
  private let names: [String]
  private let style: Style
  private let size: Double
  private let isAbove: Bool
  private let lineHeight: Double
  private let rows: Int
  private let columnWidths: [Double]
  private let rowLimit: Double
  private let nameLimit: Double

  private static let signWidth = 24.0
  private static let scaleWidth = 60.0
  private static let gap = 7.0
  private static let between = 18.0
  private static let nameLimit = 260.0
  private static let mostColumns = 3

  /// - Parameters:
  ///   - isAlwaysAbove: whether it stands above the panels however many rows it needs.
  ///   - mostHeight: what it may take of a height that was asked for; it ends with how many names are
  ///     left out.
  init(
    _ figure: Figure, contentWidth: Double, contentHeight: Double, isAlwaysAbove: Bool = false,
    mostHeight: Double? = nil
  ) {
    style = figure.style
    rowLimit = contentWidth
    nameLimit = min(LegendPlan.nameLimit, isAlwaysAbove ? contentWidth - 60 : .infinity)
    let all = figure.legend
    let limit = nameLimit
    let widths = all.map { LegendPlan.width($0, size: Style.legendSize, limit) }
    let isShort = all.count <= 10 && LegendPlan.rowCount(widths, limit: contentWidth) <= 2
    if isShort || isAlwaysAbove {
      let own = isShort ? Style.legendSize : Style.smallLegendSize
      let most = mostHeight.map { max(1, Int($0 / (own * 1.6))) } ?? .max
      let shown = LegendPlan.fitting(
        all, widths, rows: most, limit: contentWidth, own, limit, style)
      entries = shown
      names = LegendPlan.names(shown, size: own, limit)
      isAbove = true
      size = own
      lineHeight = own * 1.6
      rows = shown.isEmpty ? 0 : min(most, LegendPlan.rowCount(widths, limit: contentWidth))
      columnWidths = []
      return
    }
    isAbove = false
    let fits = Double(all.count) * Style.legendSize * 1.55 <= contentHeight
    let size = fits ? Style.legendSize : Style.smallLegendSize
    self.size = size
    lineHeight = size * 1.55
    let perColumn = max(4, Int(contentHeight / lineHeight))
    let room = perColumn * LegendPlan.mostColumns
    var shown = all
    if all.count > room {
      shown = Array(all.prefix(room - 1))
      shown.append(LegendEntry(style.wordsForMore(all.count - room + 1), .none))
    }
    entries = shown
    names = LegendPlan.names(shown, size: size, limit)
    let columns = (shown.count + perColumn - 1) / perColumn
    let rows = (shown.count + columns - 1) / columns
    self.rows = rows
    columnWidths = (0..<columns).map { column in
      shown.dropFirst(column * rows).prefix(rows).map {
        LegendPlan.width($0, size: size, limit)
      }.max() ?? 0
    }
  }

  /// The first entries, as many as stand in some rows, with one behind them that counts the others.
  private static func fitting(
    _ all: [LegendEntry], _ widths: [Double], rows: Int, limit: Double, _ size: Double,
    _ nameLimit: Double, _ style: Style
  ) -> [LegendEntry] {
    if all.isEmpty || rowCount(widths, limit: limit) <= rows { return all }
    func rest(_ count: Int) -> LegendEntry {
      LegendEntry(style.wordsForMore(all.count - count), .none)
    }
    var count = all.count - 1
    while count > 0 {
      let last = width(rest(count), size: size, nameLimit)
      if rowCount(Array(widths.prefix(count)) + [last], limit: limit) <= rows { break }
      count -= 1
    }
    return Array(all.prefix(count)) + [rest(count)]
  }

  /// What the legend adds to the width of the picture.
  var sideWidth: Double { isAbove ? 0 : columnWidths.reduce(0, +) + 4 }

  /// The height it needs beside the panels.
  var sideHeight: Double { isAbove ? 0 : Double(rows) * lineHeight + 8 }

  private static func names(
    _ entries: [LegendEntry], size: Double, _ nameLimit: Double
  ) -> [String] {
    TextMeasure.shortened(entries.map(\.label), size: size, limit: nameLimit)
  }

  private static func width(
    _ entry: LegendEntry, size: Double, _ nameLimit: Double
  ) -> Double {
    let name = TextMeasure.width(TextMeasure.oneLine(entry.label), size: size)
    return min(name, nameLimit) + signSpace(entry) + between
  }

  private static func signSpace(_ entry: LegendEntry) -> Double {
    switch entry.sign {
    case .none: 0
    case .scale: scaleWidth + gap
    default: signWidth + gap
    }
  }

  private static func rowCount(_ widths: [Double], limit: Double) -> Int {
    var rows = 1
    var used = 0.0
    for width in widths {
      if used > 0 && used + width > limit {
        rows += 1
        used = 0
      }
      used += width
    }
    return widths.contains(where: { $0 > limit }) ? .max : rows
  }

  func placeAbove(in layout: inout Layout, left: Double, top: Double) -> Double {
    guard isAbove, !entries.isEmpty else { return top }
    var x = left
    var y = top + lineHeight / 2
    let widths = entries.map { LegendPlan.width($0, size: size, nameLimit) }
    for (number, (entry, name)) in zip(entries, names).enumerated() {
      let width = widths[number]
      // A heading stands before the first of its entries, in one row with it.
      let next = entry.sign == .none && number + 1 < widths.count ? widths[number + 1] : 0
      if x > left && x + width + next > left + rowLimit {
        x = left
        y += lineHeight
      }
      place(entry, name, in: &layout, x: x, y: y)
      x += width
    }
    return y + lineHeight / 2 + 6
  }

  func placeBeside(in layout: inout Layout, left: Double, top: Double) {
    guard !isAbove else { return }
    var x = left
    for (column, width) in columnWidths.enumerated() {
      let members = zip(entries, names).dropFirst(column * rows).prefix(rows)
      for (row, (entry, name)) in members.enumerated() {
        place(entry, name, in: &layout, x: x, y: top + 8 + (Double(row) + 0.5) * lineHeight)
      }
      x += width
    }
  }

  private func place(
    _ entry: LegendEntry, _ name: String, in layout: inout Layout, x: Double, y: Double
  ) {
    func line(_ stroke: Stroke) {
      layout.lines.append(
        PlacedLine(fromX: x, fromY: y, toX: x + LegendPlan.signWidth, toY: y, stroke: stroke))
    }
    func box(_ color: Color, opacity: Double) {
      layout.boxes.append(
        PlacedBox(
          rect: Rect(x: x, y: y - size * 0.45, width: LegendPlan.signWidth, height: size * 0.9),
          color: color, opacity: opacity))
    }
    func marker(_ stroke: Stroke) {
      layout.markers.append(PlacedMarker(x: x + LegendPlan.signWidth / 2, y: y, stroke: stroke))
    }
    switch entry.sign {
    case .line(let stroke): line(stroke)
    case .lineAndBand(let stroke):
      box(stroke.color, opacity: 0.22)
      line(stroke)
    case .lineAndMarker(let stroke):
      line(stroke)
      marker(stroke)
    case .marker(let stroke): marker(stroke)
    case .box(let color): box(color, opacity: 1)
    case .scale(let scale):
      layout.add(
        scale, in: Rect(x: x, y: y - size * 0.45, width: LegendPlan.scaleWidth, height: size * 0.9))
    case .none: break
    }
    layout.texts.append(
      PlacedText(
        text: name, x: x + LegendPlan.signSpace(entry), y: y, anchor: .left, size: size,
        color: entry.sign == .none ? style.muted : style.text))
  }
}
