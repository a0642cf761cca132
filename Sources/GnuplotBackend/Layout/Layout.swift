import Drawing
package import Figures

/// Where everything of a figure goes, so that no text lies over another and no curve under one.
package struct Layout: Hashable, Sendable {
  package var width = 0.0
  package var height = 0.0
  package var panels: [PlacedPanel] = []
  package var texts: [PlacedText] = []
  package var lines: [PlacedLine] = []
  package var boxes: [PlacedBox] = []
  package var markers: [PlacedMarker] = []
  /// Points of a unit, where a size was asked for.
  package var unit = 1.0
  /// Whether a size was asked for.
  package var isSized = false
  /// Whether it is taller than a page and no height was asked for.
  var isTall = false

  static let edge = 14.0

  /// Lays out a figure; its size follows from its panels and legend, unless one was asked for.
  package init(_ figure: Figure) {
    self = figure.size.isAsked ? Layout.sized(figure) : Layout(figure, LayoutRoom())
  }

  /// The share of a height that was asked for which the legend may take, so that the panels stay the
  /// figure.
  private static let legendShare = 0.15

  /// Lays out a figure in the room it has.
  init(_ figure: Figure, _ room: LayoutRoom) {
    var plan = PanelPlan(figure, room)
    let asked = room.width.map { $0 - 2 * Layout.edge }
    let legend = LegendPlan(
      figure, contentWidth: max(asked ?? 0, plan.width), contentHeight: plan.height,
      isAlwaysAbove: room.isAsked, mostHeight: room.height.map { $0 * Layout.legendShare })
    let inner = max(plan.width + legend.sideWidth, asked ?? 300)
    plan.left = Layout.edge
    var top = Layout.edge
    top = placeTitle(figure, width: inner, top: top)
    top = legend.placeAbove(in: &self, left: Layout.edge, top: top)
    plan.top = top
    plan.place(in: &self)
    legend.placeBeside(in: &self, left: Layout.edge + plan.width, top: top)
    var bottom = top + max(plan.height, legend.sideHeight)
    bottom = placeNotes(
      figure.notes + (hasFullCells(room) ? [figure.noteOfSmallCells] : [])
        + (plan.lacksNames ? [figure.noteOfLackingNames] : []), figure,
      width: inner, top: bottom)
    width = inner + 2 * Layout.edge
    height = bottom + Layout.edge * 0.7
    if !room.isAsked {
      width.round(.up)
      height.round(.up)
    }
  }

  private mutating func placeTitle(_ figure: Figure, width: Double, top: Double) -> Double {
    var y = top
    let title = TextMeasure.wrapped(figure.title, size: Style.titleSize, limit: width)
    for line in title {
      addText(line, y: y + 9, size: Style.titleSize, color: figure.style.text)
      y += Style.titleSize * 1.3
    }
    let small = TextMeasure.wrapped(
      figure.subtitle, size: Style.labelSize, limit: width, most: width < 400 ? 4 : 2)
    for line in small {
      addText(line, y: y + 8, size: Style.labelSize, color: figure.style.muted)
      y += Style.labelSize * 1.35
    }
    return y == top ? y : y + 8
  }

  /// Whether numbers have no room in their cells.
  private func hasFullCells(_ room: LayoutRoom) -> Bool {
    panels.contains { placed in
      placed.panel.layers.contains { layer in
        guard case .heatMap(let map) = layer else { return false }
        return map.textSize(in: placed.frame) * (room.isAsked ? room.unit : 1)
          < LayoutRoom.leastText
      }
    }
  }

  private mutating func placeNotes(
    _ notes: [String], _ figure: Figure, width: Double, top: Double
  ) -> Double {
    var y = top
    if !notes.isEmpty { y += 6 }
    for note in notes {
      let most = width < 400 ? 8 : 4
      for line in TextMeasure.wrapped(note, size: Style.noteSize, limit: width, most: most) {
        addText(line, y: y + 7, size: Style.noteSize, color: figure.style.muted)
        y += Style.noteSize * 1.4
      }
    }
    return y
  }

  /// A strip of a scale's colours from the left: thin boxes that each reach to the right end, so that no
  /// seam shows.
  mutating func add(_ scale: ColorScale, in rect: Rect) {
    let steps = 48
    for step in 0..<steps {
      let left = rect.width * Double(step) / Double(steps)
      boxes.append(
        PlacedBox(
          rect: Rect(
            x: rect.x + left, y: rect.y, width: rect.width - left, height: rect.height),
          color: scale.color(atShare: (Double(step) + 0.5) / Double(steps)), opacity: 1))
    }
  }

  private mutating func addText(_ text: String, y: Double, size: Double, color: Color) {
    texts.append(
      PlacedText(text: text, x: Layout.edge, y: y, anchor: .left, size: size, color: color))
  }
}

extension HeatMap {
  /// The size of the numbers in the cells of a frame, in units.
  func textSize(in frame: Rect) -> Double {
    let across = frame.width / Double(max(1, rows.first?.count ?? 1))
    let down = frame.height / Double(max(1, rows.count))
    let widest = rows.joined().map { TextMeasure.width($0.text, size: 1) }.max() ?? 0
    return min(Style.tickSize, (across - 4) / max(0.1, widest), (down - 4) / 1.2)
  }
}
