import Figures
import NeuralNet
import Testing
import Tracking

@Suite struct NetworkFigureTests {
  private func linear(_ outputs: Int, name: String? = nil, from: [String]? = nil) -> LayerSpec {
    LayerSpec(
      Chosen("linear", ["outputs": .integer(outputs), "bias": .flag(true)]), name: name,
      inputs: from)
  }

  private let relu = LayerSpec(Chosen("relu"))

  private func diagrams(_ specs: [LayerSpec], input: Int) throws -> (Diagram, Diagram) {
    let graph = try Graph(specs, input: Shape(input))
    let figure = Figure.network([("net", graph)], title: "t")
    let found = figure.panels[0].compactMap { panel -> Diagram? in
      if case .diagram(let diagram) = panel.layers[0] { diagram } else { nil }
    }
    try #require(found.count == 2)
    return (found[0], found[1])
  }

  @Test func shapesStandAtTheArrows() throws {
    let (forward, backward) = try diagrams([linear(5), relu, linear(3)], input: 2)
    #expect(forward.nodes.map { $0.lines[0] } == ["x", "0 linear", "1 relu", "2 linear", "y"])
    #expect(forward.edges.map(\.label) == ["(2)", "(5)", "(5)", "(3)"])
    #expect(forward.nodes[1].lines[1] == "weight (5, 2), bias (5)")
    #expect(
      backward.nodes.map { $0.lines[0] } == ["∂L/∂y", "2 linear", "1 relu", "0 linear", "∂L/∂x"])
    #expect(backward.edges.map(\.label) == ["(3)", "(5)", "(5)", "(2)"])
    #expect(!backward.isUpward && forward.isUpward)
  }

  @Test func jacobiansHaveOutputsByInputsAndByWeights() throws {
    let (_, backward) = try diagrams([linear(5), relu, linear(3)], input: 2)
    #expect(backward.nodes[1].lines == ["2 linear", "∂y/∂x (3, 5)", "∂y/∂w (3, 18)"])
    #expect(backward.nodes[2].lines == ["1 relu", "∂y/∂x (5, 5)"])
  }

  @Test func gradientsOfAValueThatIsReadTwiceAddUp() throws {
    let residual = LayerSpec(Chosen("residual"), layers: [linear(4), relu])
    let (forward, backward) = try diagrams([linear(4), residual], input: 2)
    #expect(forward.nodes.allSatisfy { $0.kind != .joint })
    let sum = try #require(backward.nodes.firstIndex { $0.kind == .joint })
    #expect(backward.edges.count { $0.to == sum } == 2)
    let after = try #require(backward.edges.first { $0.from == sum })
    #expect(backward.nodes[after.to].lines[0] == "0 linear")
  }

  @Test func severalBranchesFromTheInputMeetAgain() throws {
    var max = LayerSpec(Chosen("max"))
    max.inputs = ["a", "b"]
    let (forward, backward) = try diagrams(
      [linear(4, name: "a"), linear(4, name: "b", from: ["input"]), max], input: 2)
    #expect(forward.edges.count { $0.from == 0 } == 2)
    #expect(backward.nodes[backward.nodes.count - 2].kind == .joint)
    #expect(backward.edges.filter { $0.to == backward.nodes.count - 2 }.count == 2)
  }

  @Test func theGraphsOfAnUnequalNetworkArePinned() throws {
    // A sum of the input's two linear maps: 2 -> 3 -> 3, beside each other.
    let specs = [
      linear(3, name: "a"), linear(3, name: "b", from: ["input"]),
      LayerSpec(Chosen("add"), inputs: ["a", "b"]), relu,
    ]
    let graph = try Graph(specs, input: Shape(2))
    let figure = Figure.network([("net", graph)], title: "T")
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'net'
        panel 0.0 'forward'
          x '' [""]
          y '' [""]
          boxes upwards
            [x] value
            [a linear | weight (3, 2), bias (3)] #0072b2
            [b linear | weight (3, 2), bias (3)] #0072b2
            [2 add] #b84a00
            [3 relu] #e69f00
            [y] value
            0 -> 1 (2)
            0 -> 2 (2)
            1 -> 3 (3)
            2 -> 3 (3)
            3 -> 4 (3)
            4 -> 5 (3)
        panel 0.1 'derivatives'
          x '' [""]
          y '' [""]
          boxes downwards
            [∂L/∂y] value
            [3 relu | ∂y/∂x (3, 3)] #e69f00
            [2 add | ∂y/∂x (3, 3), (3, 3)] #b84a00
            [b linear | ∂y/∂x (3, 2) | ∂y/∂w (3, 9)] #0072b2
            [a linear | ∂y/∂x (3, 2) | ∂y/∂w (3, 9)] #0072b2
            [+] joint
            [∂L/∂x] value
            0 -> 1 (3)
            1 -> 2 (3)
            2 -> 3 (3)
            2 -> 4 (3)
            3 -> 5 (2)
            4 -> 5 (2)
            5 -> 6 (2)
        """)
    let two = Figure.network([("n", graph), ("m", graph)], title: "T")
    #expect(two.subtitle.isEmpty)
    #expect(
      two.panels.map { $0.map(\.title) } == [
        ["n: forward", "n: derivatives"], ["m: forward", "m: derivatives"],
      ])
  }
}
