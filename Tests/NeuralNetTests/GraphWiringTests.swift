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

  /// Every sentence and every way out, whole.
  @Test func errorsAreSaidWhole() {
    func said(_ layers: [LayerSpec], _ place: [Int], _ message: String, _ hint: String = "") {
      #expect(errors(layers) == [GraphError(layer: place, message: message, hint: hint)])
    }
    let names = "a name has no dot, is not a number and is not 'input'"
    said([linear(3).named("7")], [0], "'7' cannot be the name of a layer", names)
    said(
      [linear(3).named("a"), linear(3).named("a")], [1], "two layers have the name 'a'")
    said(
      [linear(3), linear(2).from("nowhere")], [1], "there is no layer named 'nowhere'",
      "no layer has a name; give one with 'name:'")
    said(
      [linear(3).named("beta"), linear(3).named("alpha"), linear(2).from("somewhere")], [2],
      "there is no layer named 'somewhere'", "named are alpha, beta")
    said(
      [linear(3), linear(2).from("imput")], [1], "there is no layer named 'imput'",
      "did you mean 'input'?")
    said(
      [linear(3).named("a"), linear(3).sharing("q9")], [1],
      "there is no layer named 'q9' to share", "named are a")
    said(
      [linear(2).named("a").sharing("a")], [0], "'a' cannot share its own parameters")
    said(
      [linear(2).named("a"), linear(2).named("b").sharing("a"), linear(2).sharing("b")], [2],
      "'b' shares the parameters of another layer itself", "name that one: share: a")
    said(
      [linear(2).named("a"), prototypes(2).sharing("a")], [1],
      "'a' is of the kind linear, so prototypes cannot share its parameters")
    said(
      [layer("relu").named("a"), layer("relu").sharing("a")], [1],
      "'a' has no parameters to share", "remove 'share'")
    said(
      [linear(3).named("a"), linear(3).sharing("a")], [1],
      "it needs parameters of weight 3 x 3, bias 3, but 'a' has weight 3 x 2, bias 3",
      "layers that share have the same settings and inputs of the same size")
    said(
      [linear(3).named("a"), linear(3).named("b").from("a", "input")], [1],
      "linear reads one layer, but 'from' names 2", "join them first with add, max or concat")
    said(
      [linear(2), residual([])], [1], "a residual needs layers",
      "write residual: [{linear: 32}, relu]")
    said(
      [
        linear(2).named("a"), linear(2).named("b").from("c"), linear(2).named("c").from("b"),
        linear(2).from("c"),
      ], [1], "the layers 'b', 'c' read each other in a cycle",
      "let one of them read an earlier layer")
    said(
      [linear(2).named("a"), linear(2).from("input")], [0],
      "nothing reads what the layer 'a' puts out",
      "let a later layer read it with 'from: a', or remove it")
    said(
      [linear(2), linear(2).from("input")], [0], "nothing reads what the layer '0' puts out",
      "name it, and let a later layer read it with 'from:', or remove it")
    said(
      [linear(3).named("a"), linear(2).named("b"), add("a", "b")], [2],
      "add takes values of one shape, but gets 3 and 2",
      "give them the same size with a linear layer")
    said(
      [linear(3).named("a"), linear(2).named("b"), maximum("a", "b")], [2],
      "max takes values of one shape, but gets 3 and 2",
      "give them the same size with a linear layer")
    said([LayerSpec(Chosen("conv4d"))], [0], "there is no layer 'conv4d'")
  }

  @Test func imagesAreJoinedByTheirChannels() {
    let found = errors(
      [conv(2, 2).named("a"), concat("a", "input").named("c")], input: Shape([3, 4, 4]))
    #expect(
      found == [
        GraphError(
          layer: [1],
          message: "concat takes rows, or images of one height and width, but gets 2 x 3 x 3 and"
            + " 3 x 4 x 4", hint: "make them rows with flatten")
      ])
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
