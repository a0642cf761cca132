import Drawing
import Languages
public import NeuralNet

extension Figure {
  /// The computation graph of networks and the graph of their derivatives: a box a module, at each
  /// arrow the shape of one row.
  ///
  /// Forward, x goes in below and y comes out above, as the course draws it. In the derivative graph the
  /// row vector dL/dy comes in above and is multiplied by each module's Jacobian dy/dx on its way down;
  /// where forward reads a value several times, its gradients add up.
  public static func network(
    _ networks: [(title: String, graph: Graph)], title: String, style: Style = .light
  ) -> Figure {
    let rows = networks.map { network -> [Panel] in
      let prefix = networks.count == 1 ? "" : network.title + ": "
      return [
        Panel(
          title: prefix + style.language(.forward),
          diagram: NetworkDiagram(network.graph, style).forward),
        Panel(
          title: prefix + style.language(.derivatives),
          diagram: NetworkDiagram(network.graph, style).backward),
      ]
    }
    let panels =
      networks.count < 3
      ? rows
      : stride(from: 0, to: rows.count, by: 2).map { start in
        Array(rows[start..<min(start + 2, rows.count)].joined())
      }
    let names = networks.count == 1 && !(networks.first?.title.isEmpty ?? true)
    return Figure(
      title: title, subtitle: names ? networks.first?.title ?? "" : "", panels: panels,
      style: style)
  }
}

/// The two graphs of a network as boxes and arrows.
struct NetworkDiagram {
  private let graph: Graph
  private let style: Style

  init(_ graph: Graph, _ style: Style) {
    self.graph = graph
    self.style = style
  }

  /// Value v is made by node v - 1 of the graph; the input comes first.
  var forward: Diagram {
    var nodes = [Diagram.Node(["x"], .value)]
    var edges: [Diagram.Edge] = []
    for (index, node) in graph.nodes.enumerated() {
      nodes.append(Diagram.Node([name(node)] + parameters(node), .module(tone(node))))
      for (input, shape) in zip(node.inputs, node.inputShapes) {
        edges.append(
          Diagram.Edge(from: input, to: index + 1, label: NetworkDiagram.text(shape)))
      }
    }
    nodes.append(Diagram.Node(["y"], .value))
    edges.append(
      Diagram.Edge(
        from: nodes.count - 2, to: nodes.count - 1, label: NetworkDiagram.text(graph.output)))
    return Diagram(nodes: nodes, edges: edges, isUpward: true)
  }

  /// The same boxes the other way round, with a sum where a value was read several times.
  var backward: Diagram {
    var nodes = [Diagram.Node(["∂L/∂y"], .value)]
    var edges: [Diagram.Edge] = []
    var readers = [[Int]](repeating: [], count: graph.nodes.count + 1)
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs { readers[input].append(index) }
    }
    /// The box that holds a node's own derivative.
    var boxes: [Int: Int] = [:]
    /// Leads the gradients of a value together; the box at which they arrive.
    func gather(_ value: Int, _ shape: Shape, at box: Int) {
      let label = NetworkDiagram.text(shape)
      let sources =
        value == graph.nodes.count ? [0] : readers[value].reversed().compactMap { boxes[$0] }
      guard sources.count > 1 else {
        edges += sources.map { Diagram.Edge(from: $0, to: box, label: label) }
        return
      }
      edges += sources.map { Diagram.Edge(from: $0, to: box - 1, label: label) }
      edges.append(Diagram.Edge(from: box - 1, to: box, label: label))
    }
    for index in graph.nodes.indices.reversed() {
      if readers[index + 1].count > 1 { nodes.append(Diagram.Node(["+"], .joint)) }
      let node = graph.nodes[index]
      nodes.append(Diagram.Node([name(node)] + jacobians(node), .module(tone(node))))
      boxes[index] = nodes.count - 1
      gather(index + 1, node.outputShape, at: nodes.count - 1)
    }
    if readers[0].count > 1 { nodes.append(Diagram.Node(["+"], .joint)) }
    nodes.append(Diagram.Node(["∂L/∂x"], .value))
    gather(0, graph.input, at: nodes.count - 1)
    return Diagram(nodes: nodes, edges: edges)
  }

  private func name(_ node: Graph.Node) -> String {
    let layer = graph.layers[node.layer]
    return "\(layer.name) \(layer.kind)"
  }

  private func parameters(_ node: Graph.Node) -> [String] {
    let own = node.parameters.map { graph.parameters[$0] }
    guard !own.isEmpty else { return [] }
    return [
      own.map { parameter in
        let name = parameter.name.split(separator: ".").last.map(String.init) ?? parameter.name
        return "\(name) \(NetworkDiagram.text(parameter.shape))"
      }.joined(separator: ", ")
    ]
  }

  /// Rows and columns of dy/dx, and of dy/dw with all weights side by side, for one row.
  private func jacobians(_ node: Graph.Node) -> [String] {
    let outputs = node.outputShape.count
    let inputs = node.inputShapes.map { "(\(outputs), \($0.count))" }
    let weights = node.parameters.reduce(0) { $0 + graph.parameters[$1].shape.count }
    return ["∂y/∂x " + inputs.joined(separator: ", ")]
      + (weights > 0 ? ["∂y/∂w (\(outputs), \(weights))"] : [])
  }

  private static func text(_ shape: Shape) -> String {
    "(" + shape.sizes.map(String.init).joined(separator: ", ") + ")"
  }

  /// A colour for what a module is: with weights, joining several values, a function of its own.
  private func tone(_ node: Graph.Node) -> Color {
    if !node.parameters.isEmpty { return style.palette[0] }
    return node.inputs.count > 1 ? style.palette[4] : style.palette[1]
  }
}
