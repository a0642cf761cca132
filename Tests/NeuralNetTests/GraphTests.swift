import NeuralNet
import Testing
import Tracking

@Suite struct GraphTests {
  @Test func namesAndShapesAreThoseOfSequential() throws {
    var named = linear(8)
    named.name = "a"
    let graph = try Graph(
      [linear(16), layer("relu"), named, layer("tanh"), linear(3, bias: false)],
      input: Shape([1, 4, 5]))
    #expect(
      graph.parameters.map(\.name) == ["0.weight", "0.bias", "a.weight", "a.bias", "4.weight"])
    #expect(
      graph.parameters.map(\.shape.sizes) == [[16, 20], [16], [8, 16], [8], [3, 8]])
    #expect(graph.parameterCount == 16 * 21 + 8 * 17 + 24)
    #expect(graph.layers.map(\.kind) == ["linear", "relu", "linear", "tanh", "linear"])
    #expect(graph.layers.map(\.parameterCount) == [336, 0, 136, 0, 24])
    #expect(graph.output == Shape(3))
  }

  @Test func anMLPIsTheListItStandsFor() {
    let mlp = chosen(
      [MultilayerPerceptron.choice], "mlp",
      [
        "hidden": .list([.integer(5), .integer(4)]), "activation": .text("leaky-relu"),
        "dropout": .number(0.2),
      ])
    let drop = layer("dropout", ["p": .number(0.2)])
    let leaky = layer("leaky-relu")
    #expect(
      MultilayerPerceptron.layers(mlp, outputs: 3)
        == [linear(5), leaky, drop, linear(4), leaky, drop, linear(3)])
  }

  @Test func errorsStandAtTheirLayer() {
    expect(
      [linear(3), layer("softmax"), LayerSpec(Chosen("conv4d"))], [2],
      "there is no layer 'conv4d'")
    expect([layer("softmax")], [0], "takes a row of scores", input: Shape([1, 2, 2]))
    expect([linear(1_000_000), linear(1_000_000)], [1], "more than 268435456 parameters")
    expect(
      [layer("linear", ["outputs": .text("classes")])], [0], "the data have no classes")
    for name in ["3", "input", "", "a.b", "-1"] {
      expect([linear(2).named(name)], [0], "'\(name)' cannot be the name of a layer")
    }
    let twice = LayerSpec(linear(2).kind, name: "b")
    expect([twice, twice], [1], "two layers have the name 'b'")
  }

  /// What a module says of inputs it cannot take, whole: message and way out.
  static let misfits: [(LayerSpec, Shape, String, String)] = [
    (
      layer("linear", ["outputs": .text("classes")]), Shape(4),
      "linear: classes has no size, because the data have no classes",
      "write the number of outputs"
    ),
    (
      layer("prototypes", ["count": .text("classes")]), Shape(4),
      "prototypes: classes has no size, because the data have no classes",
      "write the number of points"
    ),
    (
      layer("softmax"), Shape([1, 2, 2]),
      "softmax takes a row of scores, but gets the shape 1 x 2 x 2",
      "put a linear layer before it"
    ),
    (
      layer("log-softmax"), Shape([2, 2, 2]),
      "log-softmax takes a row of scores, but gets the shape 2 x 2 x 2",
      "put a linear layer before it"
    ),
    (
      conv(3, 2), Shape(9), "conv2d takes images of channels x height x width, but gets 9",
      "put it before the first linear layer, on data of images"
    ),
    (
      conv(3, 5, padding: 1), Shape([2, 9, 2]),
      "conv2d has a window of 5, but its input is 2 x 9 x 2",
      "use a smaller kernel, more padding, or fewer layers that make images smaller"
    ),
    (
      pool("max", 3, padding: 2), Shape([2, 9, 9]),
      "max-pool2d has a padding of 2, more than half its kernel of 3", ""
    ),
    (
      pool("avg", 4), Shape([2, 9, 3]), "avg-pool2d has a window of 4, but its input is 2 x 9 x 3",
      "use a smaller kernel, more padding, or fewer layers that make images smaller"
    ),
    (
      add("input", "input"), Shape(3), "", ""
    ),
    (
      residual([linear(3)]), Shape(2),
      "the residual adds its input of size 2 to its layers' output of size 3",
      "let its last layer have the size of its input"
    ),
    (
      conv(1_000_000, 1), Shape([1, 9, 9]),
      "a row of this layer would have more than 16777216 numbers", ""
    ),
    (
      linear(1_000_000), Shape(1000),
      "the network would have more than 268435456 parameters here",
      "use fewer or smaller layers"
    ),
  ]

  @Test(arguments: misfits.indices) func misfitsAreSaidWhole(index: Int) {
    let (layer, input, message, hint) = Self.misfits[index]
    var found: [GraphError] = []
    do throws(GraphErrors) { _ = try Graph([layer], input: input) } catch { found = error.errors }
    #expect(
      found == (message.isEmpty ? [] : [GraphError(layer: [0], message: message, hint: hint)]))
  }

  /// Sizes that come out: of windows (size + 2 padding - side) / stride + 1, rounded down.
  @Test func shapesAreThoseOfTheFormulas() throws {
    let cases: [(LayerSpec, [Int], [Int])] = [
      (conv(4, 3), [2, 9, 7], [4, 7, 5]),
      (conv(4, 3, stride: 2, padding: 2), [2, 9, 6], [4, 6, 4]),
      (conv(1, 9, padding: 0), [2, 9, 9], [1, 1, 1]), (pool("max", 2), [3, 9, 6], [3, 4, 3]),
      (pool("avg", 3, stride: 2, padding: 1), [3, 9, 6], [3, 5, 3]),
      (pool("max", 3, padding: 1), [3, 9, 6], [3, 3, 2]), (layer("flatten"), [3, 2, 5], [30]),
      (linear(7), [3, 2, 5], [7]), (prototypes(6), [3, 2, 5], [6]),
      (concat("input", "input"), [3, 2, 5], [6, 2, 5]),
      (add("input", "input"), [3, 2, 5], [3, 2, 5]),
      (maximum("input", "input"), [4], [4]), (layer("batch-norm"), [3, 2, 5], [3, 2, 5]),
      (layer("layer-norm"), [3, 2, 5], [3, 2, 5]), (layer("dropout"), [3, 2, 5], [3, 2, 5]),
      (layer("gelu"), [3, 2, 5], [3, 2, 5]), (layer("log-softmax"), [4], [4]),
    ]
    for (layer, input, output) in cases {
      let graph = try Graph([layer], input: Shape(input))
      #expect(graph.output == Shape(output), "\(layer.kind.name)")
      #expect(graph.layers[0].output == Shape(output) && graph.input == Shape(input))
    }
    #expect(Shape([1, 28, 28]).description == "1 x 28 x 28" && Shape(784).description == "784")
    #expect(Shape([2, 3, 4]).count == 24 && Shape([]).count == 1)
  }

  /// A batch-norm over rows needs two of them; over images one has enough numbers.
  @Test func theFewestRowsAreThoseOfBatchNorm() throws {
    func least(_ layers: [LayerSpec], _ input: Shape) throws -> Int {
      try Graph(layers, input: input).leastBatchRows
    }
    #expect(try least([linear(3), layer("layer-norm")], Shape(2)) == 1)
    #expect(try least([linear(3), layer("batch-norm"), linear(2)], Shape(2)) == 2)
    #expect(try least([layer("batch-norm"), linear(2)], Shape([3, 2, 2])) == 1)
    #expect(try least([layer("batch-norm"), linear(2)], Shape([3, 1, 1])) == 2)
  }

  @Test func errorsAreLinesWithTheirPlaces() {
    let errors = GraphErrors([
      GraphError(layer: [2, 0], message: "no", hint: "yes"), GraphError(layer: [3], message: "bad"),
    ])
    #expect(errors.description == "layer 2.0: no; yes\nlayer 3: bad")
  }

  /// The settings of the activation are its defaults, and no dropout is no layer.
  @Test func anMLPWithoutDropoutHasNone() {
    let mlp = chosen(
      [MultilayerPerceptron.choice], "mlp",
      ["hidden": .list([.integer(5)]), "activation": .text("softplus")])
    #expect(
      MultilayerPerceptron.layers(mlp, outputs: 2) == [linear(5), layer("softplus"), linear(2)])
  }

  private func expect(
    _ layers: [LayerSpec], _ place: [Int], _ message: String, input: Shape = Shape(4),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let errors = #expect(throws: GraphErrors.self, sourceLocation: sourceLocation) {
      _ = try Graph(layers, input: input)
    }
    #expect(errors?.errors.first?.layer == place, sourceLocation: sourceLocation)
    #expect(
      errors?.errors.first?.message.contains(message) == true, "\(errors?.description ?? "")",
      sourceLocation: sourceLocation)
  }

  @Test func everyChoiceHasOneName() {
    for choices in [
      Layers.all, Losses.all, Optimizers.all, Schedules.all, Initializers.all,
    ] {
      #expect(Set(choices.map(\.name)).count == choices.count)
    }
  }
}
