import Figures
import Terminal

/// Boxes with arrows as a list: a line a box, with what leads to it.
struct TerminalDiagram {
  private let diagram: Diagram
  private let width: Int

  init(_ diagram: Diagram, width: Int) {
    self.diagram = diagram
    self.width = width
  }

  var lines: [String] {
    let names = diagram.nodes.map { printable($0.lines.first ?? "") }
    return diagram.nodes.indices.flatMap { index -> [String] in
      let entering = diagram.edges.filter { $0.to == index }
      let from = entering.map { edge -> String in
        let label = edge.label.isEmpty ? "" : " " + printable(edge.label)
        return "\(names[edge.from].isEmpty ? "+" : names[edge.from])\(label)"
      }
      let more = diagram.nodes[index].lines.dropFirst().map { "  " + printable($0) }.joined()
      let name = names[index].isEmpty ? "+" : names[index]
      let arrow = from.isEmpty ? "" : "  <- " + from.joined(separator: ", ")
      let whole = name + more + arrow
      if displayWidth(of: whole) <= width { return [whole] }
      return wrapped(whole, to: width - 2).enumerated().map {
        $0.offset == 0 ? $0.element : "  " + $0.element
      }
    }
  }
}
