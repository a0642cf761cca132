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

  static let edge = 14.0

  /// Lays out a figure; its size follows from its panels and legend.
  package init(_ figure: Figure) {
    var plan = PanelPlan(figure)
    let legend = LegendPlan(figure, contentWidth: plan.width, contentHeight: plan.height)
    let inner = max(plan.width + legend.sideWidth, 300)
    plan.left = Layout.edge
    var top = Layout.edge
    top = placeTitle(figure, width: inner, top: top)
    top = legend.placeAbove(in: &self, left: Layout.edge, top: top)
    plan.top = top
    plan.place(in: &self)
    legend.placeBeside(in: &self, left: Layout.edge + plan.width, top: top)
    var bottom = top + max(plan.height, legend.sideHeight)
    bottom = placeNotes(figure, width: inner, top: bottom)
    width = (inner + 2 * Layout.edge).rounded(.up)
    height = (bottom + Layout.edge * 0.7).rounded(.up)
  }

  private mutating func placeTitle(_ figure: Figure, width: Double, top: Double) -> Double {
    var y = top
    let title = TextMeasure.wrapped(figure.title, size: Style.titleSize, limit: width)
    for line in title {
      addText(line, y: y + 9, size: Style.titleSize, color: figure.style.text)
      y += Style.titleSize * 1.3
    }
    let small = TextMeasure.wrapped(figure.subtitle, size: Style.labelSize, limit: width, most: 2)
    for line in small {
      addText(line, y: y + 8, size: Style.labelSize, color: figure.style.muted)
      y += Style.labelSize * 1.35
    }
    return y == top ? y : y + 8
  }

  private mutating func placeNotes(_ figure: Figure, width: Double, top: Double) -> Double {
    var y = top
    if !figure.notes.isEmpty { y += 6 }
    for note in figure.notes {
      for line in TextMeasure.wrapped(note, size: Style.noteSize, limit: width, most: 4) {
        addText(line, y: y + 7, size: Style.noteSize, color: figure.style.muted)
        y += Style.noteSize * 1.4
      }
    }
    return y
  }

  private mutating func addText(_ text: String, y: Double, size: Double, color: Color) {
    texts.append(
      PlacedText(text: text, x: Layout.edge, y: y, anchor: .left, size: size, color: color))
  }
}
