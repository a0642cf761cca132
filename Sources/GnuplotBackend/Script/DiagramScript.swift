import Drawing
import Figures

// Boxes and arrows.
extension Script {
  mutating func place(_ diagram: Diagram, on placed: PlacedPanel) {
    let plan = DiagramPlan(diagram, style: style)
    let left = placed.frame.x + max(0, (placed.frame.width - plan.width) / 2)
    let top = placed.frame.y
    let head = number(7 / layout.width)
    for piece in plan.pieces {
      add(
        "set arrow from screen \(x(left + piece.fromX)),\(y(top + piece.fromY))"
          + " to screen \(x(left + piece.toX)),\(y(top + piece.toY))"
          + (piece.hasHead ? " head filled size screen \(head),18" : " nohead")
          + " back lc \(color(style.muted)) lw 1.2")
    }
    for (node, box) in zip(diagram.nodes, plan.boxes) {
      var rect = box
      rect.x += left
      rect.y += top
      place(node, rect)
    }
    for label in plan.labels {
      add(
        "set label \(Quoting.quoted(label.text)) at screen \(x(left + label.x)),\(y(top + label.y))"
          + " left norotate font \",\(number(label.size))\" textcolor \(color(label.color)) front")
    }
  }

  private mutating func place(_ node: Diagram.Node, _ rect: Rect) {
    switch node.kind {
    case .module(let tone):
      add(
        "set object rectangle from screen \(x(rect.x)),\(y(rect.bottom))"
          + " to screen \(x(rect.right)),\(y(rect.y)) front"
          + " fillcolor \(color(tone.mixed(with: style.background, share: 0.86)))"
          + " fillstyle solid border lc \(color(tone)) lw 1.4")
    case .joint:
      add(
        "set object circle at screen \(x(rect.middleX)),\(y(rect.middleY))"
          + " size screen \(number(rect.width / 2 / layout.width)) front"
          + " fillcolor \(color(style.background)) fillstyle solid border lc \(color(style.muted))"
          + " lw 1.2")
    case .value: break
    }
    let first = rect.middleY - DiagramPlan.lineHeight * Double(node.lines.count - 1) / 2
    for (index, line) in node.lines.enumerated() {
      let short = TextMeasure.shortened(
        TextMeasure.oneLine(line), size: Style.tickSize, limit: DiagramPlan.widest)
      let tone = index == 0 || node.kind == .value ? style.text : style.muted
      add(
        "set label \(Quoting.quoted(short)) at screen \(x(rect.middleX)),"
          + y(first + DiagramPlan.lineHeight * Double(index))
          + " center norotate font \",\(number(Style.tickSize))\" textcolor \(color(tone)) front")
    }
  }
}
