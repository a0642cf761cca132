package import Figures

/// Where the boxes, arrows and labels of a diagram go, in points from its upper left corner.
package struct DiagramPlan {
  /// A straight piece of an arrow; the last one has the head.
  package struct Piece: Hashable, Sendable {
    package var fromX: Double
    package var fromY: Double
    package var toX: Double
    package var toY: Double
    package var hasHead: Bool
  }

  package private(set) var width = 0.0
  package private(set) var height = 0.0
  /// The box of every node.
  package private(set) var boxes: [Rect] = []
  package private(set) var pieces: [Piece] = []
  /// Texts beside arrows: where each begins, and the middle of its height.
  package private(set) var labels: [PlacedText] = []

  static let lineHeight = 15.0
  static let widest = 280.0
  private static let gap = 20.0
  private static let labelledGap = 32.0
  private static let jointSize = 13.0
  private static let edge = 6.0

  private let diagram: Diagram

  package init(_ diagram: Diagram, style: Style) {
    self.diagram = diagram
    let sizes = diagram.nodes.map(DiagramPlan.size)
    let graph = LayeredGraph(
      widths: sizes.map(\.width), edges: diagram.edges.map { ($0.from, $0.to) })
    let ys = layerPlaces(graph, sizes)
    boxes = diagram.nodes.indices.map { node in
      let slot = graph.slots[node]
      return Rect(
        x: DiagramPlan.edge + slot.x - sizes[node].width / 2,
        y: ys[slot.layer] - sizes[node].height / 2, width: sizes[node].width,
        height: sizes[node].height)
    }
    width = graph.width + 2 * DiagramPlan.edge
    placeEdges(graph, ys, style)
    if diagram.isUpward { turn() }
    width = max(width, (labels.map(right).max() ?? 0) + DiagramPlan.edge)
  }

  private func right(_ label: PlacedText) -> Double {
    label.x + TextMeasure.width(label.text, size: label.size)
  }

  private static func size(_ node: Diagram.Node) -> (width: Double, height: Double) {
    if node.kind == .joint { return (jointSize, jointSize) }
    let widths = node.lines.map { TextMeasure.width($0, size: Style.tickSize) }
    let width = min(widest, widths.max() ?? 0)
    let height = lineHeight * Double(max(1, node.lines.count))
    return node.kind == .value ? (width + 8, height + 2) : (width + 22, height + 8)
  }

  /// The middle of every layer; labels between two layers make room for themselves.
  private mutating func layerPlaces(
    _ graph: LayeredGraph, _ sizes: [(width: Double, height: Double)]
  ) -> [Double] {
    let labelled = Set(
      diagram.edges.filter { !$0.label.isEmpty }.map { graph.slots[$0.from].layer })
    var ys: [Double] = []
    var y = DiagramPlan.edge
    for (layer, slots) in graph.layers.enumerated() {
      let tallest = slots.map { $0 < sizes.count ? sizes[$0].height : 0 }.max() ?? 0
      ys.append(y + tallest / 2)
      y += tallest
      let isLast = layer == graph.layers.count - 1
      y += isLast ? 0 : labelled.contains(layer) ? DiagramPlan.labelledGap : DiagramPlan.gap
    }
    height = y + DiagramPlan.edge
    return ys
  }

  /// The arrows as straight pieces; those that enter one box end side by side.
  private mutating func placeEdges(_ graph: LayeredGraph, _ ys: [Double], _ style: Style) {
    for (index, edge) in diagram.edges.enumerated() {
      let route = graph.routes[index]
      var points = route.map {
        (x: DiagramPlan.edge + graph.slots[$0].x, y: ys[graph.slots[$0].layer])
      }
      points[0] = (points[0].x, boxes[edge.from].bottom)
      points[points.count - 1] = (
        points[points.count - 1].x + shift(of: index, graph), boxes[edge.to].y
      )
      for (place, (from, to)) in zip(points, points.dropFirst()).enumerated() {
        pieces.append(
          Piece(
            fromX: from.x, fromY: from.y, toX: to.x, toY: to.y,
            hasHead: place == points.count - 2))
      }
      guard !edge.label.isEmpty else { continue }
      labels.append(
        PlacedText(
          text: TextMeasure.shortened(edge.label, size: Style.noteSize, limit: 200),
          x: points[0].x * 0.6 + points[1].x * 0.4 + 6,
          y: points[0].y + DiagramPlan.labelledGap * 0.42,
          anchor: .left, size: Style.noteSize, color: style.muted))
    }
  }

  /// How far from the middle of its box an arrow ends.
  private func shift(of index: Int, _ graph: LayeredGraph) -> Double {
    let to = diagram.edges[index].to
    let entering = diagram.edges.indices.filter { diagram.edges[$0].to == to }
    guard entering.count > 1, diagram.nodes[to].kind != .joint else { return 0 }
    func from(_ edge: Int) -> Double {
      graph.slots[graph.routes[edge][graph.routes[edge].count - 2]].x
    }
    let order = entering.sorted { (from($0), $0) < (from($1), $1) }
    let place = Double(order.firstIndex(of: index) ?? 0)
    let step = min(22, boxes[to].width / Double(entering.count + 1))
    return (place - Double(entering.count - 1) / 2) * step
  }

  /// Turns the picture over, so that arrows lead upwards.
  private mutating func turn() {
    for index in boxes.indices { boxes[index].y = height - boxes[index].bottom }
    for index in pieces.indices {
      pieces[index].fromY = height - pieces[index].fromY
      pieces[index].toY = height - pieces[index].toY
    }
    for index in labels.indices { labels[index].y = height - labels[index].y }
  }
}
