import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Wiring: what reads what, whose parameters, and what is wrong with it.
@Suite struct GraphWiringTests {
  private func errors(_ layers: [LayerSpec], input: Shape = Shape(2)) -> [GraphError] {
    do throws(GraphErrors) {
      _ = try Graph(layers, input: input)
      return []
    } catch { return error.errors }
  }

  @Test func namesParametersByPlaceAndName() throws {
    let graph = try Graph(
      [
        linear(4), layer("relu"), residual([linear(4), layer("relu"), linear(4)]),
        linear(4).named("a"), residual([linear(4)]).named("r"), linear(3),
      ], input: Shape(2))
    #expect(
      graph.parameters.map(\.name) == [
        "0.weight", "0.bias", "2.0.weight", "2.0.bias", "2.2.weight", "2.2.bias", "a.weight",
        "a.bias", "r.0.weight", "r.0.bias", "5.weight", "5.bias",
      ])
    #expect(graph.layers.map(\.name) == ["0", "1", "2.0", "2.1", "2.2", "2", "a", "r.0", "r", "5"])
    #expect(graph.layers[5].place == [2])
    #expect(graph.output == Shape(3))
  }

  @Test func readsLayersInAnyOrderOfTheList() throws {
    let graph = try Graph(
      [
        linear(3, bias: false).from("b"), layer("tanh").named("t"),
        linear(5).named("b").from("input"), linear(3).named("c").from("b"),
        linear(2).named("d").from("sum"), add("t", "c").named("sum"), layer("relu").from("d"),
      ], input: Shape(2))
    #expect(graph.output == Shape(2))
    #expect(
      graph.parameters.map(\.name) == [
        "0.weight", "b.weight", "b.bias", "c.weight", "c.bias", "d.weight", "d.bias",
      ])
  }

  @Test func sharedParametersAreListedOnce() throws {
    let graph = try Graph(
      [linear(2).named("a"), layer("tanh"), linear(2).sharing("a"), linear(3)], input: Shape(2))
    #expect(graph.parameters.map(\.name) == ["a.weight", "a.bias", "3.weight", "3.bias"])
    #expect(graph.layers.map(\.parameterCount) == [6, 0, 0, 9])
  }

  @Test func saysWhatIsWrongAtItsLayer() {
    #expect(
      errors([linear(3).named("a"), linear(2).from("b")]) == [
        GraphError(layer: [1], message: "there is no layer named 'b'", hint: "did you mean 'a'?")
      ])
    let cycle = errors([linear(2).named("a").from("b"), linear(2).named("b").from("a")])
    #expect(cycle.map(\.layer) == [[0]])
    #expect(cycle[0].message == "the layers 'a', 'b' read each other in a cycle")
    let dead = errors([
      linear(3), linear(2).from("input"), linear(4).named("c"), linear(1).from("input"),
    ])
    #expect(dead.map(\.layer) == [[0], [2]])
    #expect(dead[0].message == "nothing reads what the layer '0' puts out")
    let sizes = errors([linear(3).named("a"), linear(2).named("b"), add("a", "b")])
    #expect(sizes.map(\.layer) == [[2]])
    #expect(sizes[0].message == "add takes values of one shape, but gets 3 and 2")
    let inner = errors([linear(3), residual([linear(4), layer("relu")]), linear(1)])
    #expect(inner.map(\.layer) == [[1]])
    #expect(errors([residual([linear(4)])]).count == 1)
    let shares = errors([linear(3).named("a"), linear(4).sharing("a"), linear(3).sharing("c")])
    #expect(shares.map(\.layer) == [[1], [2]])
    #expect(errors([linear(3).named("a"), linear(3).sharing("a")]).map(\.layer) == [[1]])
    #expect(errors([layer("relu").named("a"), layer("relu").sharing("a")]).map(\.layer) == [[1]])
    #expect(errors([linear(3).named("a"), linear(3).named("a")]).count == 1)
    #expect(errors([linear(3).named("a"), linear(3).named("b").from("a", "input")]).count == 1)
  }

  @Test func growthWithoutEndIsAnError() {
    var layers = [linear(1000).named("x0")]
    for index in 0..<80 { layers.append(concat("x\(index)", "x\(index)").named("x\(index + 1)")) }
    let found = errors(layers)
    #expect(found.count == 1)
    #expect(found.first?.message.contains("more than 16777216 numbers") == true)
  }

  static let graphs: [(String, [LayerSpec], TargetKind)] = [
    (
      "residual", [linear(7), residual([linear(9), layer("relu"), linear(7)]), linear(3)],
      .classes(3)
    ),
    (
      "residual of the input", [residual([linear(5), layer("tanh"), linear(5)]), linear(3)],
      .classes(3)
    ),
    (
      "residual ends in relu", [linear(20), residual([linear(20), layer("relu")]), linear(3)],
      .classes(3)
    ),
    (
      "residual within residual",
      [
        linear(6), residual([linear(6), residual([layer("tanh"), linear(6)]), layer("sigmoid")]),
      ], .values(6)
    ),
    (
      "two branches",
      [
        linear(6).named("a"), linear(6).named("b").from("input"), maximum("a", "b"), linear(2),
      ], .values(2)
    ),
    (
      "max of three with ties",
      [
        linear(6).named("a"), layer("relu").named("r"), linear(6).named("b").from("a"),
        layer("relu").named("s"), maximum("r", "s", "a"), linear(2),
      ], .values(2)
    ),
    (
      "concat with the input",
      [
        linear(4).named("a"), layer("sigmoid").named("b"), concat("a", "input", "b"), linear(3),
      ], .classes(3)
    ),
    ("the same twice", [linear(4).named("a"), add("a", "a"), linear(2)], .values(2)),
    (
      "shared",
      [
        linear(5).named("a"), layer("tanh"), linear(5).sharing("a"), layer("relu"),
        linear(5).sharing("a"),
      ], .values(5)
    ),
    (
      "shared thin",
      [
        linear(5).named("in"), linear(30).named("a"), layer("relu").named("x"),
        linear(30).sharing("a").from("in"), layer("tanh").named("y"), add("x", "y"), linear(3),
      ], .classes(3)
    ),
    ("ends in add", [linear(3).named("a"), layer("tanh").named("b"), add("a", "b")], .values(3)),
    ("flatten", [layer("flatten"), linear(3)], .classes(3)),
  ]

  @Test(arguments: graphs.indices) func gradientsAgreeWithCentralDifferences(index: Int) throws {
    let (name, layers, targets) = Self.graphs[index]
    let graph = try Graph(layers, input: Shape(5))
    let isClasses = if case .classes = targets { true } else { false }
    let rows = 21
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, isClasses ? "cross-entropy" : "mse"),
      optimizer: chosen(Optimizers.all, "sgd"), batchRows: rows, seed: 5)
    let program = NetworkProgram<Double>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 3)
    program.bind(sampleData(rows: rows, features: 5, targets: targets))
    let (worst, compared) = largestDifference(program, rows: rows)
    #expect(worst < 2e-8, "\(name)")
    #expect(compared > graph.parameterCount / 2, "\(name)")
  }
}
