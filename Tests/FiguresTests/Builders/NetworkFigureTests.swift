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
    #expect(backward.isUpward && !forward.isUpward)
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
}
